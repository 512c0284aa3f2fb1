using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace CourseLib.Notebooks.Book.Assets;

/// <summary>
/// Where the pages get KaTeX and plotly.js from. With Node and npm the versions that <c>Web/package-lock.json</c> pins are fetched once into a
/// cache, typeset the formulas while the book is made and are copied beside the pages: such a book needs no network. Without them the
/// pages name the same versions on a public CDN, with integrity hashes, and stay readable when that cannot be reached.
/// </summary>
public sealed class WebLibraries
{
    private const string Cdn = "https://cdn.jsdelivr.net/npm/";
    private static readonly string[] CacheFiles = ["package.json", "package-lock.json", "katex.mjs"];
    private const string KatexFolder = "katex@0.19.1/dist/";

    private WebLibraries(string? folder, string? notice)
    {
        Folder = folder;
        Notice = notice;
    }

    /// <summary>The libraries on the CDN.</summary>
    public static WebLibraries Online { get; } = new(null, null);

    /// <summary>What to tell the one who makes the book, or null when everything is bundled.</summary>
    public string? Notice { get; }

    /// <summary>Whether the libraries are copied into the book.</summary>
    public bool Bundled => Folder is not null;

    /// <summary>The folder with <c>node_modules</c>; null where there is none.</summary>
    internal string? Folder { get; }

    /// <summary>KaTeX's style sheet on the CDN.</summary>
    internal static (string Url, string Integrity) KatexStyle { get; } =
        (Cdn + KatexFolder + "katex.min.css", "sha384-WwGtaC6ywCHxA5cstpj/3+xIZvTez8dq2IcBQaXRkenHZ7FVVq1ZROtURwfbtTlG");

    /// <summary>KaTeX on the CDN.</summary>
    internal static (string Url, string Integrity) KatexScript { get; } =
        (Cdn + KatexFolder + "katex.min.js", "sha384-a1WQdjRj162i159OYq041X6I4K8NenkrI09LlPmiHg0YOb7CR+wJOraXwK9abpnE");

    /// <summary>
    /// Fetches the libraries into <paramref name="cache"/> unless they are there. It never fails: without Node, npm or a network it
    /// returns the libraries on the CDN, and <see cref="Notice"/> says why.
    /// </summary>
    public static WebLibraries Prepare(string cache)
    {
        // A folder for each version of these files: a changed pin never meets what an older one left.
        byte[] key = SHA256.HashData([.. CacheFiles.SelectMany(Resource)]);
        string folder = Path.Combine(Path.GetFullPath(cache), Convert.ToHexStringLower(key)[..12]);
        string? problem = Directory.Exists(Path.Combine(folder, "node_modules")) ? Check() : Fetch(folder);
        return problem is null
            ? In(folder)
            : new(null, $"The book takes KaTeX and plotly.js from cdn.jsdelivr.net ({problem}): a reader without a network sees formulas as LaTeX and charts as still pictures.");
    }

    /// <summary>The libraries in a folder that has them in its <c>node_modules</c>.</summary>
    internal static WebLibraries In(string folder) => new(folder, null);

    /// <summary>The content of a file of the folder <c>Book/Web</c>.</summary>
    internal static byte[] Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("book/" + name)
            ?? throw new InvalidOperationException($"book: the resource {name} is not in the assembly");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static string? Check() => ExternalProgram.Run("node", ["--version"], Path.GetTempPath(), null, TimeSpan.FromSeconds(30)) is { Succeeded: false } run ? run.Problem : null;

    private static string? Fetch(string folder)
    {
        string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        string fresh = $"{folder}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(fresh);
            foreach (string name in CacheFiles)
            {
                File.WriteAllBytes(Path.Combine(fresh, name), Resource(name));
            }

            string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--engine-strict=false", "--fetch-retries=1", "--fetch-timeout=60000"];
            ExternalProgram.Result run = ExternalProgram.Run(npm, arguments, fresh, null, TimeSpan.FromMinutes(3));
            if (!run.Succeeded)
            {
                return Encoding.UTF8.GetByteCount(run.Problem) > 160 ? run.Problem[..80] + "…" : run.Problem;
            }

            // Renamed at the end: a folder that has its final name is complete. Another run may have been first.
            if (!Directory.Exists(folder))
            {
                Directory.Move(fresh, folder);
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
        finally
        {
            if (Directory.Exists(fresh))
            {
                Directory.Delete(fresh, recursive: true);
            }
        }
    }
}
