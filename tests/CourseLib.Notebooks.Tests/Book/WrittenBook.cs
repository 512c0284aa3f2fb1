using System.Net;
using System.Text.RegularExpressions;
using CourseLib.Notebooks.Book;
using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Tests.Book;

/// <summary>A book in a folder of its own, with what a test wants to read of it. The folder goes when the test ends.</summary>
internal sealed partial class WrittenBook : IDisposable
{
    public WrittenBook(IReadOnlyList<ExecutedNotebook> notebooks, WebLibraries? libraries = null, string? folder = null, IReadOnlyList<string>? course = null, bool withReference = false)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("course-book-").FullName;
        Result = CourseBook.Write(new(Folder, notebooks, SampleCourse.Ledger) { Libraries = libraries ?? WebLibraries.Online, Course = course ?? [], WithReference = withReference });
    }

    public string Folder { get; }

    public BookResult Result { get; }

    public IEnumerable<string> Pages => Directory.EnumerateFiles(Folder, "*.html").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public string Index => Page("index.html");

    /// <summary>The page of the one notebook with this text in its cells.</summary>
    public static string TextPage(params string[] cells)
    {
        using WrittenBook book = new([SampleCourse.OfText(cells)]);
        return book.Page("text.html");
    }

    public string Page(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>The addresses in the page's <c>href</c> and <c>src</c>, decoded.</summary>
    public static IEnumerable<string> Addresses(string page) => Address().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));

    /// <summary>The addresses that a browser loads without being asked: of scripts, styles and pictures.</summary>
    public static IEnumerable<string> Loaded(string page) => Load().Matches(page).SelectMany(match => Addresses(match.Value));

    /// <summary>All ids, in order.</summary>
    public static IEnumerable<string> Ids(string page) => Id().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));

    /// <summary>The LaTeX of the formulas that were left to the browser.</summary>
    public static IEnumerable<(string Latex, bool Display)> Formulas(string page) =>
        Formula().Matches(page).Select(match => (WebUtility.HtmlDecode(match.Groups["latex"].Value), match.Groups["display"].Success));

    /// <summary>The page without its tags.</summary>
    public static string TextOf(string html) => WebUtility.HtmlDecode(Tag().Replace(html, ""));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    [GeneratedRegex("""(?<=\s)(?:href|src)="([^"]*)["]""")]
    private static partial Regex Address();

    [GeneratedRegex("""<(?:script|link|img|iframe|video|audio|object|embed|source)\b[^>]*>""")]
    private static partial Regex Load();

    [GeneratedRegex("""\sid="([^"]*)["]""")]
    private static partial Regex Id();

    [GeneratedRegex("""<span class="formula(?<display> display)?">\${1,2}(?<latex>[^<]*?)\${1,2}</span>""")]
    private static partial Regex Formula();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
