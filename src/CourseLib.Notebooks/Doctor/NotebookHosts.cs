using System.Text.RegularExpressions;

namespace CourseLib.Notebooks.Doctor;

/// <summary>What can open a notebook on this machine, and whether it is new enough; <c>docs/vscode.md</c> says why these versions.</summary>
internal static partial class NotebookHosts
{
    private static readonly string[] Editors = [".vscode", ".vscode-server", ".vscode-insiders", ".vscode-server-insiders", ".vscode-remote", ".vscode-oss"];

    private static readonly (string Id, string Title, Version Oldest, string Older)[] Extensions =
    [
        ("datafication.verso-notebook", "Verso", new(1, 2, 2), "Formulas in the texts show as LaTeX before 1.2.2: update the extension in VS Code."),
        ("ms-dotnettools.dotnet-interactive-vscode", "Polyglot Notebooks", new(1, 0, 7_000_000), "Its kernel runs on .NET 9 and cannot load the course's library: update the extension in VS Code (1.0.7120010 is the last)."),
    ];

    /// <summary>The hosts.</summary>
    /// <param name="home">The user's folder, where editors keep their extensions.</param>
    /// <param name="kernels">What <c>jupyter kernelspec list</c> prints; null without Jupyter.</param>
    /// <param name="tools">What <c>dotnet tool list --global</c> prints.</param>
    public static IEnumerable<Finding> Find(string home, string? kernels, string? tools)
    {
        Match[] installed = [.. Editors.Select(name => Path.Combine(home, name, "extensions")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder)).Select(path => Extension().Match(Path.GetFileName(path))).Where(match => match.Success)];
        List<Finding> found = [];
        foreach ((string id, string title, Version oldest, string older) in Extensions)
        {
            // An update leaves the older version's folder until the editor is started anew.
            Version? version = installed.Where(match => match.Groups["id"].Value.Equals(id, StringComparison.OrdinalIgnoreCase)).Max(match => Version.Parse(match.Groups["version"].Value));
            if (version is not null)
            {
                found.Add(version >= oldest ? new(Severity.Good, "notebook host", $"{title} {version} in VS Code") : new(Severity.Note, "notebook host", $"{title} {version} in VS Code", older));
            }
        }

        if (VersoTool().Match(tools ?? "") is { Success: true } verso)
        {
            found.Add(new(Severity.Good, "notebook host", $"Verso {verso.Groups[1].Value} in the browser (verso serve)"));
        }

        if (kernels?.Contains(".net-csharp", StringComparison.Ordinal) == true)
        {
            found.Add(new(Severity.Good, "notebook host", "Jupyter with the kernel .net-csharp"));
        }

        return found.Count > 0 ? found
            : [new(Severity.Note, "notebook host", "none found", "The book needs none. To open notebooks install VS Code's extension datafication.verso-notebook; docs/vscode.md goes through it step by step.")];
    }

    [GeneratedRegex(@"^(?<id>[\w-]+\.[\w-]+?)-(?<version>\d+\.\d+\.\d+)")]
    private static partial Regex Extension();

    [GeneratedRegex(@"^verso\.cli\s+(\S+)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex VersoTool();
}
