using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using CourseLib.Data;

namespace CourseLib.Notebooks.Doctor;

/// <summary>What a machine has to have for the course, looked at piece by piece. Nothing is changed, and nothing is asked of a network.</summary>
internal static partial class Machine
{
    private const int SdkNeeded = 10;

    /// <summary>Everything that <c>course doctor</c> looks at.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="feed">The folder that the notebooks load packages from.</param>
    /// <param name="version">The version that the notebooks name.</param>
    /// <param name="run">Runs a program and returns what it prints; null where it does not exist or fails.</param>
    /// <param name="home">The user's folder, where editors keep their extensions.</param>
    public static IEnumerable<Finding> Look(string root, string feed, string version, Func<string, string, string?> run, string home)
    {
        yield return Sdk(run("dotnet", "--list-sdks"));
        yield return Registers(SimdBits);
        yield return Processors(Environment.ProcessorCount);
        yield return Feed(feed, version, StaleCopies(home, version));
        yield return Data(Environment.GetEnvironmentVariable(DataFolders.Variable));
        yield return Node(run("npm", "--version"));
        foreach (Finding host in Hosts(home, run("jupyter", "kernelspec list")))
        {
            yield return host;
        }

        yield return Free(new DriveInfo(Path.GetPathRoot(Path.GetFullPath(root))!).AvailableFreeSpace);
    }

    internal static Finding Sdk(string? list)
    {
        int[] majors = [.. MajorVersion().Matches(list ?? "").Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        return majors.Contains(SdkNeeded) || majors.Any(major => major > SdkNeeded) ? new(Severity.Good, ".NET SDK", $"{majors.Max()}")
            : new(Severity.Bad, ".NET SDK", majors.Length == 0 ? "none found" : $"the newest is {majors.Max()}", $"Install the .NET {SdkNeeded} SDK and put 'dotnet' on the PATH.");
    }

    internal static Finding Registers(int bits) => bits >= 256 ? new(Severity.Good, "vector registers", $"{bits} bits")
        : new(Severity.Note, "vector registers", bits == 0 ? "none" : $"{bits} bits",
            "The same results, more slowly. If the processor has more, see whether DOTNET_EnableAVX2, DOTNET_EnableAVX512 or DOTNET_EnableHWIntrinsic is set to 0.");

    internal static Finding Processors(int count) => count >= 2 ? new(Severity.Good, "processors", $"{count}") : new(Severity.Note, "processors", "1", "The notebooks were made for two; they take longer.");

    internal static Finding Feed(string feed, string version, IReadOnlyList<string> copies)
    {
        string package = Path.Combine(feed, $"CourseLib.{version}.nupkg");
        if (!File.Exists(package))
        {
            return new(Severity.Bad, "the notebooks' package", $"{package} is not there", "Run 'dotnet build -c Release' in the repository once; restart the kernel after that.");
        }

        string? stale = copies.FirstOrDefault(copy => Directory.GetLastWriteTimeUtc(copy) < File.GetLastWriteTimeUtc(package));
        return stale is null ? new(Severity.Good, "the notebooks' package", $"CourseLib {version}")
            : new(Severity.Note, "the notebooks' package", $"CourseLib {version}, and an older copy in {stale}", "A notebook host may load the older copy: run 'dotnet build -c Release' again, or delete that folder, and restart the kernel.");
    }

    internal static Finding Data(string? folder) => string.IsNullOrEmpty(folder) ? new(Severity.Good, "data", "the digits that the course ships ('course data mnist' fetches real ones)")
        : Directory.Exists(folder) ? new(Severity.Good, "data", $"{DataFolders.Variable} = {folder}")
        : new(Severity.Bad, "data", $"{DataFolders.Variable} names {folder}, which is not there", "Set it to a folder with MNIST files, or remove it.");

    internal static Finding Node(string? version) => version is not null ? new(Severity.Good, "npm", version.Trim())
        : new(Severity.Note, "npm", "not found", "Without it the book's charts and formulas need a network; its static charts do not. Install Node for a book that needs nothing.");

    internal static IEnumerable<Finding> Hosts(string home, string? kernels)
    {
        string[] extensions = [.. new[] { ".vscode", ".vscode-server", ".vscode-insiders", ".vscode-oss" }.Select(name => Path.Combine(home, name, "extensions")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder)).Select(path => Path.GetFileName(path))];
        string? verso = extensions.FirstOrDefault(name => name.StartsWith("datafication.verso-notebook", StringComparison.OrdinalIgnoreCase));
        string? polyglot = extensions.FirstOrDefault(name => name.StartsWith("ms-dotnettools.dotnet-interactive-vscode", StringComparison.OrdinalIgnoreCase));
        bool jupyter = kernels?.Contains(".net-csharp", StringComparison.Ordinal) == true;
        if (verso is null && polyglot is null && !jupyter)
        {
            yield return new(Severity.Note, "notebook hosts", "none found", "'course run' needs none. To open notebooks in VS Code install the extension datafication.verso-notebook.");
        }

        foreach (string found in new[] { verso, polyglot, jupyter ? "Jupyter with the kernel .net-csharp" : null }.OfType<string>())
        {
            yield return new(Severity.Good, "notebook host", found);
        }
    }

    internal static Finding Free(long bytes) => bytes >= 2L << 30 ? new(Severity.Good, "disk", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes >> 30} GB free"))
        : new(Severity.Note, "disk", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes >> 20} MB free"), "Packages, build and book take about 2 GB.");

    private static int SimdBits => !Vector.IsHardwareAccelerated ? 0 : Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    // Where NuGet, and Verso, keep what they unpacked.
    private static string[] StaleCopies(string home, string version)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set : Path.Combine(home, ".nuget", "packages");
        string verso = Path.Combine(Path.GetTempPath(), "verso-nuget-packages");
        IEnumerable<string> candidates = [Path.Combine(packages, "courselib", version), .. Directory.Exists(verso) ? Directory.EnumerateDirectories(verso).Select(folder => Path.Combine(folder, "CourseLib", version)) : []];
        return [.. candidates.Where(Directory.Exists)];
    }

    [GeneratedRegex(@"^(\d+)\.\d+\.\d+", RegexOptions.Multiline)]
    private static partial Regex MajorVersion();
}
