using System.Text;
using System.Text.RegularExpressions;

namespace CourseLib.Notebooks.Book.Assets;

/// <summary>
/// Writes the book's files. Each appears whole or not at all, one that has not changed is left alone, and nothing is deleted here: what
/// an earlier book wrote stays until it is replaced, and a folder with a reader's own files in it loses none.
/// </summary>
internal sealed partial class BookFiles(string folder)
{
    private readonly SortedSet<string> written = new(StringComparer.Ordinal);

    /// <summary>What was written, as paths relative to the book with forward slashes.</summary>
    public IReadOnlyCollection<string> Written => written;

    /// <summary>Writes a text as UTF-8.</summary>
    public void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file.</summary>
    public void Write(string path, byte[] content)
    {
        written.Add(path);
        string file = Path.Combine(folder, path);
        if (File.Exists(file) && new FileInfo(file).Length == content.Length && File.ReadAllBytes(file).AsSpan().SequenceEqual(content))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string fresh = file + ".new";
        File.WriteAllBytes(fresh, content);
        File.Move(fresh, file, overwrite: true);
    }

    /// <summary>Copies what the pages load into <c>assets</c>: the book's own style and script and, where they are bundled, KaTeX and plotly.js with their licences.</summary>
    public void WriteAssets(WebLibraries libraries)
    {
        Write("assets/book.css", WebLibraries.Resource("book.css"));
        Write("assets/book.js", WebLibraries.Resource("book.js"));
        Write("assets/formulas.js", WebLibraries.Resource("formulas.js"));
        if (libraries.Folder is not { } source)
        {
            return;
        }

        string modules = Path.Combine(source, "node_modules");
        string katex = Path.Combine(modules, "katex");
        string plotly = Path.Combine(modules, "plotly.js-dist-min");
        Write("assets/plotly/plotly.min.js", File.ReadAllBytes(Path.Combine(plotly, "plotly.min.js")));
        Write("assets/plotly/LICENSE.txt", File.ReadAllBytes(Path.Combine(plotly, "LICENSE")));
        Write("assets/katex/katex.min.js", File.ReadAllBytes(Path.Combine(katex, "dist", "katex.min.js")));
        Write("assets/katex/LICENSE.txt", File.ReadAllBytes(Path.Combine(katex, "LICENSE")));

        // Every browser of this decade reads WOFF2: the style sheet's two older formats are left out.
        Write("assets/katex/katex.min.css", OlderFonts().Replace(File.ReadAllText(Path.Combine(katex, "dist", "katex.min.css")), ""));
        foreach (string? font in Directory.EnumerateFiles(Path.Combine(katex, "dist", "fonts"), "*.woff2").Order(StringComparer.Ordinal))
        {
            Write("assets/katex/fonts/" + Path.GetFileName(font), File.ReadAllBytes(font));
        }
    }

    [GeneratedRegex("""\s*,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[a-z]+"\)""")]
    private static partial Regex OlderFonts();
}
