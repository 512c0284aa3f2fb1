using System.Diagnostics;
using System.Xml.Linq;

namespace CourseLib.Tests.Architecture;

/// <summary>The repository that these tests were built from: its root, its sources, its committed files.</summary>
internal static class Repository
{
    /// <summary>The folder that holds CourseLib.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The one version number, from Directory.Build.props.</summary>
    public static string Version { get; } =
        XDocument.Load(Path.Combine(Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    /// <summary>The full path of a file given relative to the root.</summary>
    public static string Full(string relative) => Path.Combine(Root, relative);

    /// <summary>The C# files under a folder, relative to that folder, with forward slashes; what the build generates is left out.</summary>
    public static IEnumerable<string> SourcesUnder(string folder)
    {
        string full = Full(folder);
        return Directory.EnumerateFiles(full, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(full, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Every file that is in git or would be after `git add`, relative to the root.</summary>
    public static IReadOnlyList<string> CommittedFiles() =>
        Run("git", Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => File.Exists(Full(file)))
            .ToArray();

    /// <summary>Whether a committed file is a text, by git's own rule: a zero byte among the first 8,000 makes it binary.</summary>
    public static bool IsText(string file)
    {
        using FileStream stream = File.OpenRead(Full(file));
        byte[] head = new byte[8000];
        return !head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)).Contains((byte)0);
    }

    /// <summary>Runs a program and returns what it printed; a failure is a failed test that shows both streams.</summary>
    public static string Run(string program, string folder, params string[] arguments) => Run(program, folder, null, arguments);

    /// <summary>As above, with environment variables set (or, where the value is null, removed) for the program.</summary>
    public static string Run(string program, string folder, IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(15)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within fifteen minutes.");
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed ({process.ExitCode}):\n{output.Result}\n{errors.Result}");
        return output.Result;
    }

    /// <summary>The environment of a build inside a test: the variables that <c>dotnet test</c> leaves for its children would send it to the outer build's files.</summary>
    public static Dictionary<string, string?> OutsideThisBuild() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(name => name, _ => (string?)null);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CourseLib.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"CourseLib.sln is in no parent of {AppContext.BaseDirectory}.");
    }
}
