using System.Text.RegularExpressions;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Commands;

/// <summary>The one version number: in <c>Directory.Build.props</c>, and in the line of each notebook that loads the library.</summary>
internal static partial class CourseVersion
{
    /// <summary>The version that the build gives the library.</summary>
    public static string Read(CourseFolder course)
    {
        string props = Props(course);
        return Element().Match(File.ReadAllText(props)) is { Success: true } match
            ? match.Groups["version"].Value
            : throw new NotebookException($"{props}: expected <Version>X.Y.Z</Version>");
    }

    /// <summary>The versions of the course's packages that a notebook asks for: one, unless somebody forgot or doubled the line or the notebook needs the bridge too.</summary>
    public static IReadOnlyList<string> Read(NotebookDocument notebook) => [.. Lines(notebook).Select(match => match.Groups["version"].Value)];

    /// <summary>Whether a notebook's first code cell, and no other, loads the library, each package once and all in this version.</summary>
    public static bool Agrees(NotebookDocument notebook, string version)
    {
        Match[] lines = [.. Lines(notebook)];
        string[] packages = [.. lines.Select(match => match.Groups["package"].Value)];
        return packages.Contains("CourseLib") && packages.Distinct().Count() == packages.Length
            && lines.All(match => match.Groups["version"].Value == version) && Reference().Count(notebook.CodeCells.First().Source) == lines.Length;
    }

    /// <summary>Sets the version everywhere.</summary>
    /// <returns>The files that changed.</returns>
    /// <exception cref="NotebookException"><paramref name="version"/> is no version, or a notebook cannot be read; then nothing is changed.</exception>
    public static IReadOnlyList<string> Write(CourseFolder course, string version)
    {
        if (!Semantic().IsMatch(version))
        {
            throw new NotebookException($"version: expected X.Y.Z or X.Y.Z-suffix, got \"{version}\"");
        }

        // All read before the first is written: a broken notebook must not leave half the course with another version.
        List<(string Path, NotebookDocument Notebook)> notebooks = course.All.Select(path => (Path: path, Notebook: NotebookDocument.Read(path))).ToList();
        List<string> changed = new();
        if (Read(course) != version)
        {
            string props = Props(course);
            File.WriteAllText(props, Element().Replace(File.ReadAllText(props), $"<Version>{version}</Version>", 1));
            changed.Add(props);
        }

        foreach ((string? path, NotebookDocument? notebook) in notebooks)
        {
            if (Read(notebook).All(old => old == version))
            {
                continue;
            }

            foreach (NotebookCell? cell in notebook.CodeCells.Where(cell => Reference().IsMatch(cell.Source)))
            {
                cell.Source = Reference().Replace(cell.Source, match => match.Groups["before"].Value + version + match.Groups["after"].Value);
            }

            notebook.Write(path);
            changed.Add(path);
        }

        return changed;
    }

    private static IEnumerable<Match> Lines(NotebookDocument notebook) => notebook.CodeCells.SelectMany(cell => Reference().Matches(cell.Source));

    private static string Props(CourseFolder course) => Path.Combine(course.Root, "Directory.Build.props");

    [GeneratedRegex("<Version>(?<version>[^<]*)</Version>", RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    [GeneratedRegex("""^(?<before>\s*#r\s+"nuget:\s*(?<package>CourseLib(\.Interactive)?)\s*,\s*)(?<version>[^"\s]*)(?<after>\s*")""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Semantic();
}
