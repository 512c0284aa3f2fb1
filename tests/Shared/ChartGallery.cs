using CourseLib.Charts;

namespace CourseLib.Tests.Shared;

/// <summary>A figure of every kind, for tests that look at charts.</summary>
internal static class ChartGallery
{
    /// <summary>The figures; each call makes new ones.</summary>
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
                Chart.Bar(["one", "two"], [300, 40], errors: [30, 10], showValues: true).Title("Bars with errors, logarithmic").XAxis("name").YAxis("height", log: true, min: 1),
                Chart.Histogram(y, "values", bins: 8).Title("A histogram").XAxis("value").YAxis("count"),
                Chart.Spread(x, [y, [.. y.Select(v => v + 0.2)]], "runs").Title("A band").XAxis("step").YAxis("loss"),
                Chart.HeatMap(grid, ["a", "b", "c", "d", "e"], ["p", "q", "r", "s"], showValues: true, signed: true, scaleTitle: "value").Title("A heat map").XAxis("column").YAxis("row"),
                Chart.Contour((a, b) => (a * a) + (3 * b * b), (-2, 2), (-2, 2), scaleTitle: "height").Add(Chart.Path([1.8, 1, 0.3, 0], [1.5, 0.2, 0.1, 0], "descent")).Title("A valley").XAxis("a").YAxis("b").Annotate(1, 0.2, "a note").HorizontalLine(1, "a line"),
                Chart.Bar(["a name of some length", "another, longer name", "and the third of them"], [1, 2, 3]).Title("Turned names").XAxis("name").YAxis("height").Size(400, 300),
                Chart.HeatMap(new double[,] { { 0.001, 1000 }, { double.PositiveInfinity, double.NaN } }, logColor: true, showValues: true, scaleTitle: "a title").Title("Beyond numbers").XAxis("column").YAxis("row"),
                Chart.ImageGrid(Images.From(x.Concat(y).Concat([1.0, 2, 3, 4]).ToArray(), 4, 4), columns: 4).Title("Pictures"),
                Chart.Graph([new("x", IsLeaf: true), new("×")], [new(0, 1, "2")]).Title("A graph"),
                Chart.SmallMultiples([Chart.Line(x, y, "sine"), Chart.Line(y, x, "turned")], columns: 2).Title("Two panels with a title so long that it has to be broken somewhere before plotly's buttons, or it would run under them").XAxis("x").YAxis("y"),
            ];
        }
    }
}
