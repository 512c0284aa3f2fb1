using System.IO.Compression;
using System.Security.Cryptography;

namespace CourseLib.Notebooks.Doctor;

/// <summary>
/// The copies of the library that NuGet and notebook hosts unpack for themselves. One that is not the feed's package answers a notebook with another build;
/// every build removes those (<c>src/CourseLib/Feed.targets</c>), unless a kernel holds them.
/// </summary>
internal static class LibraryCopies
{
    /// <summary>The copies of a version.</summary>
    /// <param name="home">The user's folder.</param>
    /// <param name="version">The version.</param>
    public static IReadOnlyList<string> Find(string home, string version)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set : Path.Combine(home, ".nuget", "packages");
        string verso = Path.Combine(Path.GetTempPath(), "verso-nuget-packages");
        IEnumerable<string> candidates = [Path.Combine(packages, "courselib", version), .. Directory.Exists(verso) ? Directory.EnumerateDirectories(verso).Select(folder => Path.Combine(folder, "CourseLib", version)) : []];
        return [.. candidates.Where(Directory.Exists)];
    }

    /// <summary>Whether a copy was made from another package than this one: by the hash that NuGet leaves, or by the library itself.</summary>
    public static bool IsOfAnotherBuild(string copy, string package)
    {
        string? hash = Directory.EnumerateFiles(copy, "*.nupkg.sha512").FirstOrDefault();
        if (hash is not null)
        {
            using FileStream content = File.OpenRead(package);
            return File.ReadAllText(hash).Trim() != Convert.ToBase64String(SHA512.HashData(content));
        }

        string library = Path.Combine(copy, "CourseLib.dll");
        if (!File.Exists(library))
        {
            return false;
        }

        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream packed = archive.Entries.First(entry => entry.Name == "CourseLib.dll").Open();
        using FileStream own = File.OpenRead(library);
        return !SHA512.HashData(packed).AsSpan().SequenceEqual(SHA512.HashData(own));
    }
}
