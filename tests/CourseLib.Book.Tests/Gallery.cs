using CourseLib.Charts;
using CourseLib.Course;
using CourseLib.Notebooks.Book;
using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Running;
using CourseLib.Notebooks.Tests.Book;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Shared;

namespace CourseLib.Book.Tests;

/// <summary>A book of one page that shows every kind of chart, a table, formulas and text, so that there is something to look at before the course has run.</summary>
internal static class Gallery
{
    /// <summary>The page's name.</summary>
    public const string Page = "gallery";

    private static readonly Lazy<string> Made = new(Make);

    /// <summary>The page's file; made when it is first asked for.</summary>
    public static string File => Made.Value;

    /// <summary>One figure of every kind.</summary>
    public static IReadOnlyList<Figure> Figures => ChartGallery.Figures;

    private static string Make()
    {
        ExecutedNotebook notebook = SampleCourse.Run(Page,
            [
                SampleCourse.Markdown("# Gallery\n\nA formula $\\sigma^2 = \\frac{2}{n}$ in the text, and one by itself:\n\n$$\\sum_{k=1}^{n} \\frac{1}{k^2} \\to \\frac{\\pi^2}{6}.$$\n\n| a | b |\n|---|---|\n| 1 | $x^2$ |\n"),
                SampleCourse.Code("Chart.Line(x, y)", [.. Figures.Select(figure => figure.ToHtml()).Append(new Table("name", "value").Row("one", 1.5).ToHtml()).Select(html => SampleCourse.Shown("text/html", html))]),
            ],
            [new(1, 1, CellStatus.Succeeded, 1, null)]);
        string folder = Directory.CreateTempSubdirectory("course-gallery-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        _ = CourseBook.Write(new(folder, [notebook], new Ledger(new Dictionary<string, string>(), [], [])) { Libraries = WebLibraries.Prepare(Repository.Full("artifacts/web")) });
        return Path.Combine(folder, Page + ".html");
    }
}
