using CourseLib.Analysis;
using CourseLib.Charts;
using CourseLib.Tests.Shared;

namespace CourseLib.Polyglot.Tests.PlotlyNet;

/// <summary>Figures by the method that makes them, and those of the gallery.</summary>
internal static class EveryKind
{
    private static readonly double[] X = [0, 0.5, 1, 1.5, 2];
    private static readonly double[] Y = [1, -0.25, double.NaN, 4, 3e-9];
    private static readonly double[,] Grid = { { 1, 2.5, -3 }, { 0, double.NaN, 7 } };

    /// <summary>One figure for each public member of Chart and RaceChart that gives one, by the member's name.</summary>
    public static IReadOnlyDictionary<string, Figure> ByMember { get; } = new Dictionary<string, Figure>
    {
        [nameof(Chart.Empty)] = Chart.Empty.Title("Nothing yet"),
        [nameof(Chart.Line)] = Chart.Line(X, Y, "a <b> & c", markers: true, dash: Dash.Dotted).HorizontalLine(0.5, "half").VerticalLine(1.2, "here").Annotate(0.5, 1, "look")
            .Title("Название с тире — и длинное, so long that it takes more than one line of a chart that is as narrow as this one").Message("What it shows, in one sentence.").Size(420, 300),
        [nameof(Chart.Function)] = Chart.Function(Math.Exp, -2, 2, "exp").YAxis("e^x", log: true),
        [nameof(Chart.StraightLine)] = Chart.StraightLine([1, -2, 0.5], (-1, 1), (-1, 1), "boundary"),
        [nameof(Chart.Scatter)] = Chart.Scatter(X, Y, "points"),
        [nameof(Chart.ScatterByClass)] = Chart.ScatterByClass(new double[,] { { 0, 1 }, { 1, 0 }, { 1, 1 } }, new double[] { 0, 1, 1 }, ["zero", "one"], annotate: true).EqualScale(),
        [nameof(Chart.Band)] = Chart.Band(X, [0, 0, 0, 1, 1], [1, 2, 3, 4, 5], "band"),
        [nameof(Chart.Spread)] = Chart.Spread(X, [[1, 2, 3, 4, 5], [2, 2, 2, 2, 2]], "runs"),
        [nameof(Chart.Histogram)] = Chart.Histogram(X, "values", bins: 3, density: true),
        [nameof(Chart.Bar)] = Chart.Bar(X, [1, 2, 3, 4, 5], "bars", errors: [0.1, 0.2, 0.3, 0.4, 0.5]),
        [nameof(Chart.HeatMap)] = Chart.HeatMap(Grid, [1, 2, 4], [10, 20], scaleTitle: "z"),
        [nameof(Chart.Contour)] = Chart.Contour(new double[,] { { 1, 2, 3 }, { 2, 4, 8 }, { 3, 8, 30 } }, [0, 1, 2], [0, 1, 2], levels: 4, log: true, filled: false),
        [nameof(Chart.Path)] = Chart.Path(X, [0, 1, 2, 3, 4], "way"),
        [nameof(Chart.ImageGrid)] = Chart.ImageGrid(Images.From([.. Enumerable.Range(0, 12).Select(i => i / 12.0)], 2, 2), columns: 3, captions: ["a", "b", "c"]),
        [nameof(Chart.Graph)] = Chart.Graph([new("w", IsLeaf: true), new("+")], [new(0, 1, "1")]),
        [nameof(Chart.SmallMultiples)] = Chart.SmallMultiples([Chart.Line(X, Y, "left").Title("one"), Chart.HeatMap(Grid).Title("two"), Chart.Histogram(X, "h")], columns: 2, shareX: true),
        [nameof(RaceChart.Snapshots)] = RaceChart.Snapshots(Race, f => (f[0] * f[0]) + f[1], (-2, 2), (0, 2), 0, 2),
        [nameof(RaceChart.Heights)] = RaceChart.Heights(Race, f => f[0] * f[0]),
    };

    /// <summary>All of them, with a name for a message.</summary>
    public static IEnumerable<(string Name, Figure Figure)> All => ByMember.Select(entry => (entry.Key, entry.Value)).Concat(ChartGallery.Figures.Select(figure => (figure.ToString(), figure)));

    private static Dictionary<string, OptimizerPath> Race => new() { ["SGD"] = new([[1.5, 1], [1, 0.5], [0.4, 0.2]]), ["Adam"] = new([[-1.5, 1], [-1, 0.8], [-0.1, 0.1]]) };
}
