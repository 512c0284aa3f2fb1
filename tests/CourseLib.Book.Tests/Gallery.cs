using CourseLib.Charts;
using CourseLib.Course;
using CourseLib.Notebooks.Book;
using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Running;
using CourseLib.Notebooks.Tests.Book;
using CourseLib.Tests.Architecture;

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
    public static IReadOnlyList<Figure> Figures
    {
        get
        {
            double[] x = [.. Enumerable.Range(0, 30).Select(i => i / 3.0)], y = [.. x.Select(Math.Sin)];
            double[,] grid = new double[4, 5];
            for (int i = 0; i < 20; i++)
            {
                grid[i / 5, i % 5] = (i * 7 % 11) - 5;
            }

            return
            [
                Chart.Line(x, y, "sine").Add(Chart.Scatter(x, y, "points")).Title("Lines and points").XAxis("x, seconds").YAxis("y, metres"),
                Chart.Line([1, 10, 100, 1000], [1, 0.1, 1e-3, 1e-6], "error").Title("Logarithmic axes").XAxis("step", log: true).YAxis("error", log: true),
                Chart.Bar(["one", "two", "three"], [3, -1, 2], "a", showValues: true).Add(Chart.Bar(["one", "two", "three"], [1, 2, 3], "b")).Title("Bars").XAxis("name").YAxis("height"),
                Chart.Histogram(y, "values", bins: 8).Title("A histogram").XAxis("value").YAxis("count"),
                Chart.Spread(x, [y, [.. y.Select(v => v + 0.2)]], "runs").Title("A band").XAxis("step").YAxis("loss"),
                Chart.HeatMap(grid, ["a", "b", "c", "d", "e"], ["p", "q", "r", "s"], showValues: true, signed: true, scaleTitle: "value").Title("A heat map").XAxis("column").YAxis("row"),
                Chart.Contour((a, b) => (a * a) + (3 * b * b), (-2, 2), (-2, 2), scaleTitle: "height").Add(Chart.Path([1.8, 1, 0.3, 0], [1.5, 0.2, 0.1, 0], "descent")).Title("A valley").XAxis("a").YAxis("b"),
                Chart.ImageGrid(Images.From(x.Concat(y).Concat([1.0, 2, 3, 4]).ToArray(), 4, 4), columns: 4).Title("Pictures"),
                Chart.Graph([new("x", IsLeaf: true), new("×")], [new(0, 1, "2")]).Title("A graph"),
                Chart.SmallMultiples([Chart.Line(x, y, "sine"), Chart.Line(y, x, "turned")], columns: 2).Title("Two panels with a title so long that it has to be broken somewhere before plotly's buttons, or it would run under them").XAxis("x").YAxis("y"),
            ];
        }
    }

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
