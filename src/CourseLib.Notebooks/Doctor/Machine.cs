using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using CourseLib.Data;

namespace CourseLib.Notebooks.Doctor;

/// <summary>What a machine has to have for the course, looked at piece by piece. Nothing is changed, and nothing is asked of a network.</summary>
internal static partial class Machine
{
    /// <summary>How a reader starts this program.</summary>
    public const string Course = "dotnet run -c Release --project src/CourseLib.Notebooks --";

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
        if (DotnetRoot(Environment.GetEnvironmentVariable("DOTNET_ROOT")) is { } misled)
        {
            yield return misled;
        }

        yield return Registers(SimdBits, RuntimeInformation.ProcessArchitecture, RuntimeInformation.OSArchitecture);
        yield return Processors(Environment.ProcessorCount);
        yield return Feed(feed, version, LibraryCopies.Find(home, version));
        yield return Data(() => Digits.Load());
        yield return Node(run("npm", "--version"));
        foreach (Finding host in NotebookHosts.Find(home, run("jupyter", "kernelspec list"), run("dotnet", "tool list --global")))
        {
            yield return host;
        }

        yield return Free(new DriveInfo(Path.GetPathRoot(Path.GetFullPath(root))!).AvailableFreeSpace);
    }

    internal static Finding Sdk(string? list)
    {
        Match[] installed = [.. Installed().Matches(list ?? "").Cast<Match>()];
        Match? fit = installed.LastOrDefault(match => int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture) == SdkNeeded);
        return fit is not null ? new(Severity.Good, ".NET SDK", fit.Value)
            : new(Severity.Bad, ".NET SDK", installed.Length == 0 ? "none found" : $"only {string.Join(", ", installed.Select(match => match.Value))}", $"Install the .NET {SdkNeeded} SDK beside what you have, and put 'dotnet' on the PATH.");
    }

    /// <summary>Hosts restore packages with the dotnet of DOTNET_ROOT: where that has no SDK, the first cell fails with an error that does not say so.</summary>
    internal static Finding? DotnetRoot(string? folder) => string.IsNullOrEmpty(folder) || Directory.Exists(Path.Combine(folder, "sdk")) ? null
        : new(Severity.Note, "DOTNET_ROOT", $"{folder} has no SDK", "A notebook host may look there for 'dotnet' and fail to load the library: remove the variable, or name the folder that 'dotnet --list-sdks' shows.");

    internal static Finding Registers(int bits, Architecture process, Architecture system)
    {
        string seen = bits == 0 ? "none" : $"{bits} bits";
        return process != system && system == Architecture.Arm64
                ? new(Severity.Note, "vector registers", $"{seen}, {process} code on an {system} machine", "The same results, more slowly: install the SDK for Arm64.")
            : bits >= 256 || (bits == 128 && process == Architecture.Arm64) ? new(Severity.Good, "vector registers", seen) // Arm has no wider ones
            : new(Severity.Note, "vector registers", seen, "The same results, more slowly. If the processor has more, see whether DOTNET_EnableAVX2, DOTNET_EnableAVX512 or DOTNET_EnableHWIntrinsic is set to 0.");
    }

    internal static Finding Processors(int count) => count >= 2 ? new(Severity.Good, "processors", $"{count}") : new(Severity.Note, "processors", "1", "The notebooks were made for two; they take longer.");

    internal static Finding Feed(string feed, string version, IReadOnlyList<string> copies)
    {
        string package = Path.Combine(feed, $"CourseLib.{version}.nupkg");
        if (!File.Exists(package))
        {
            return new(Severity.Bad, "the notebooks' package", $"{package} is not there", "Run 'dotnet build -c Release' in the repository once; restart the kernel after that.");
        }

        string? stale = copies.FirstOrDefault(copy => LibraryCopies.IsOfAnotherBuild(copy, package));
        return stale is null ? new(Severity.Good, "the notebooks' package", $"CourseLib {version}")
            : new(Severity.Note, "the notebooks' package", $"CourseLib {version}, and a copy of another build in {stale}", "A notebook host may load that copy: restart the kernels (or close the notebooks), then run 'dotnet build -c Release', or delete that folder.");
    }

    internal static Finding Data(Func<DigitsData> load)
    {
        try
        {
            DigitsData digits = load();
            return new(Severity.Good, "data", digits.Origin == DigitsOrigin.Shipped ? $"the digits that the course draws itself; for real ones: {Course} data mnist" : digits.Source.TrimEnd('.'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new(Severity.Bad, "data", e.Message, $"Set {DataFolders.Variable} to a folder with MNIST's files, or remove it: the course ships digits of its own.");
        }
    }

    internal static Finding Node(string? version) => version is not null ? new(Severity.Good, "npm", version.Trim())
        : new(Severity.Note, "npm", "not found", "Without it the book's formulas and moving charts need a network; its still charts do not. Install Node for a book that needs nothing.");

    internal static Finding Free(long bytes) => bytes >= 2L << 30 ? new(Severity.Good, "disk", string.Create(CultureInfo.InvariantCulture, $"{bytes >> 30} GB free"))
        : new(Severity.Note, "disk", string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB free"), "Packages, build and book take about 2 GB.");

    private static int SimdBits => !Vector.IsHardwareAccelerated ? 0 : Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    [GeneratedRegex(@"^(?<major>\d+)\.\d+\.\d+\S*", RegexOptions.Multiline)]
    private static partial Regex Installed();
}
