using System.Globalization;
using CourseLib.Charts.Traces;

namespace CourseLib.Charts;

/// <summary>
/// Makes charts: <c>Chart.Line(steps, losses, "Adam").Title("Training").XAxis("step").YAxis("loss", log: true)</c>. Charts of one panel are laid over each
/// other with <see cref="Figure.Add(Figure)"/>, and put beside each other with <see cref="SmallMultiples"/>.
/// </summary>
public static class Chart
{
    private const double ImageArea = 696;
    private const double LargestImage = 96;

    private static readonly string[] ClassColors = ["#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255", "#aa4499", "#888888"];

    /// <summary>A figure with nothing on it yet.</summary>
    public static Figure Empty { get; } = new();

    /// <summary>A line through points.</summary>
    /// <param name="x">The first coordinates.</param>
    /// <param name="y">The second coordinates, as many as x.</param>
    /// <param name="name">The name in the legend; empty for none.</param>
    /// <param name="markers">Whether each point is marked.</param>
    /// <param name="color">A colour #rrggbb; null lets the figure choose, the same for the same name.</param>
    /// <param name="dash">How the line is broken; null lets the figure choose.</param>
    /// <param name="width">The line's width in pixels.</param>
    public static Figure Line(Values x, Values y, string name = "", bool markers = false, string? color = null, Dash? dash = null, double width = 2) =>
        Empty.Add(new XYTrace(x, y) { Name = name, Markers = markers, Color = color, Dash = dash, Width = width });

    /// <summary>A line over 0, 1, 2…</summary>
    public static Figure Line(Values y, string name = "", bool markers = false, string? color = null, Dash? dash = null, double width = 2) =>
        Line(Values.Indices(y.Count), y, name, markers, color, dash, width);

    /// <summary>A line through n samples of a function on an interval.</summary>
    public static Figure Function(Func<double, double> f, double from, double to, string name = "", int samples = 401, string? color = null, Dash? dash = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        Values x = Linspace(from, to, samples);
        return Line(x, Values.Of(x.Select(f)), name, color: color, dash: dash);
    }

    /// <summary>The part of the straight line w_0 + w_1 x + w_2 y = 0 that lies in a rectangle: the border of a neuron. Nothing when it misses the rectangle.</summary>
    /// <param name="w">w_0, w_1, w_2.</param>
    /// <param name="x">The rectangle's sides along x.</param>
    /// <param name="y">The rectangle's sides along y.</param>
    /// <param name="name">The name in the legend; empty for none.</param>
    /// <param name="color">A colour #rrggbb; null lets the figure choose.</param>
    /// <param name="dash">How the line is broken; null lets the figure choose.</param>
    /// <exception cref="ArgumentException">There are not three numbers.</exception>
    public static Figure StraightLine(ReadOnlySpan<double> w, (double From, double To) x, (double From, double To) y, string name = "", string? color = null, Dash? dash = null)
    {
        if (w.Length != 3)
        {
            throw new ArgumentException($"Chart.StraightLine: expected w_0, w_1, w_2, got {w.Length} numbers", nameof(w));
        }

        // The border crosses an edge of the rectangle where the sign of w_0 + w_1 x + w_2 y differs between the edge's ends.
        (double X, double Y)[] corners = [(x.From, y.From), (x.To, y.From), (x.To, y.To), (x.From, y.To)];
        List<(double X, double Y)> ends = [];
        for (int i = 0; i < 4; i++)
        {
            ((double X, double Y) a, (double X, double Y) b) = (corners[i], corners[(i + 1) % 4]);
            double atA = w[0] + (w[1] * a.X) + (w[2] * a.Y), atB = w[0] + (w[1] * b.X) + (w[2] * b.Y);
            if (atA > 0 != atB > 0)
            {
                double share = atA / (atA - atB);
                ends.Add((a.X + (share * (b.X - a.X)), a.Y + (share * (b.Y - a.Y))));
            }
        }

        return Line(Values.Of(ends.Select(end => end.X)), Values.Of(ends.Select(end => end.Y)), name, color: color, dash: dash);
    }

    /// <summary>Points, each marked.</summary>
    public static Figure Scatter(Values x, Values y, string name = "", double size = 6, double opacity = 0.8, string? color = null) =>
        Empty.Add(new XYTrace(x, y) { Name = name, Lines = false, Markers = true, Size = size, Opacity = opacity, Color = color });

    /// <summary>Points in the plane, each class in a colour of its own; ten colours that people with colour-blindness tell apart (Paul Tol's muted scheme and grey), from the eleventh class on again from the first.</summary>
    /// <param name="points">[N, 2], such as an embedding.</param>
    /// <param name="labels">The class of each point.</param>
    /// <param name="names">The names of the classes; their numbers when null.</param>
    /// <param name="size">The size of a point in pixels.</param>
    /// <param name="annotate">Whether the name also stands at the middle of its points.</param>
    /// <exception cref="ArgumentException">The points are not in the plane, or there is not one label for each.</exception>
    public static Figure ScatterByClass(Values2D points, Values labels, IReadOnlyList<string>? names = null, double size = 5, bool annotate = false)
    {
        if (points.Columns != 2 || points.Rows != labels.Count)
        {
            throw new ArgumentException($"Chart.ScatterByClass: expected points of 2 columns and as many labels, got {points.Rows} rows of {points.Columns} columns and {labels.Count} labels");
        }

        Figure chart = Empty;
        foreach (IGrouping<int, int> members in Enumerable.Range(0, points.Rows).GroupBy(i => (int)labels[i]).OrderBy(group => group.Key))
        {
            string name = names?[members.Key] ?? members.Key.ToString(CultureInfo.InvariantCulture);
            (Values x, Values y) = (Values.Of(members.Select(i => points[i, 0])), Values.Of(members.Select(i => points[i, 1])));
            chart = chart.Add(Scatter(x, y, name, size, opacity: 0.6, color: ClassColors[members.Key % ClassColors.Length]));
            chart = annotate ? chart.Annotate(x.Average(), y.Average(), name) : chart;
        }

        return chart;
    }

    /// <summary>A translucent band between two curves.</summary>
    public static Figure Band(Values x, Values lower, Values upper, string name = "", string? color = null, bool showInLegend = true) =>
        Empty.Add(new BandTrace(x, lower, upper) { Name = name, Color = color, ShowInLegend = showInLegend });

    /// <summary>Several runs as one series: the line of their mean in a band from their least to their greatest. A run that is NaN somewhere is left out there.</summary>
    /// <exception cref="ArgumentException">There is no run, or one is not as long as x.</exception>
    public static Figure Spread(Values x, IReadOnlyList<Values> runs, string name = "", string? color = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count == 0 || runs.Any(run => run.Count != x.Count))
        {
            throw new ArgumentException($"Chart.Spread: expected at least one run, each with {x.Count} values, as many as x; got runs of [{string.Join(", ", runs.Select(run => run.Count))}]");
        }

        double[][] columns = Enumerable.Range(0, x.Count).Select(i => runs.Select(run => run[i]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToArray()).ToArray();
        return Band(x, Values.Of(columns.Select(c => c.Min())), Values.Of(columns.Select(c => c.Max())), name, color, showInLegend: false)
            .Add(Line(x, Values.Of(columns.Select(c => c.Average())), name, color: color));
    }

    /// <summary>How often values fall into bins. Histograms laid over each other share their bins.</summary>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="name">The name in the legend; empty for none.</param>
    /// <param name="bins">The number of bins; null for a rule.</param>
    /// <param name="density">Whether the area is 1 in place of heights that are counts.</param>
    /// <param name="color">A colour #rrggbb; null lets the figure choose.</param>
    public static Figure Histogram(Values values, string name = "", int? bins = null, bool density = false, string? color = null) =>
        Empty.Add(new HistogramTrace(values) { Name = name, Bins = bins, Density = density, Color = color });

    /// <summary>Bars over categories. Charts of bars laid over each other stand side by side.</summary>
    public static Figure Bar(IReadOnlyList<string> categories, Values heights, string name = "", Values errors = default, bool showValues = false, string? color = null) =>
        Empty.Add(new BarTrace(categories, heights) { Name = name, Errors = errors, ShowValues = showValues, Color = color });

    /// <summary>Bars over numbers.</summary>
    public static Figure Bar(Values x, Values heights, string name = "", Values errors = default, bool showValues = false, string? color = null) =>
        Empty.Add(new BarTrace(x, heights) { Name = name, Errors = errors, ShowValues = showValues, Color = color });

    /// <summary>A matrix as colours, row 0 at the top; labels name its columns and rows.</summary>
    /// <param name="z">The matrix.</param>
    /// <param name="xLabels">The names of the columns; null for their indices.</param>
    /// <param name="yLabels">The names of the rows; null for their indices.</param>
    /// <param name="showValues">Whether each cell shows its number.</param>
    /// <param name="signed">Whether colours run from -m over 0 to m.</param>
    /// <param name="logColor">Whether colours follow the logarithm.</param>
    /// <param name="scaleTitle">What the numbers are, beside the colour bar.</param>
    /// <param name="map">The colours; null for viridis, or a map around 0 when signed.</param>
    /// <param name="min">The number of the first colour; null for the least one.</param>
    /// <param name="max">The number of the last colour; null for the greatest one.</param>
    /// <param name="showScale">Whether there is a colour bar; small multiples of one range need no more than one.</param>
    public static Figure HeatMap(Values2D z, IReadOnlyList<string>? xLabels = null, IReadOnlyList<string>? yLabels = null, bool showValues = false, bool signed = false, bool logColor = false, string scaleTitle = "", ColorMap? map = null, double? min = null, double? max = null, bool showScale = true) =>
        Empty.Add(new HeatMapTrace(z, null, null, xLabels, yLabels) { ShowValues = showValues, Signed = signed, LogColor = logColor, ScaleTitle = scaleTitle, Map = map, ZMin = min, ZMax = max, ShowScale = showScale });

    /// <summary>A matrix as colours over numbers: x for its columns, y for its rows, growing upwards. Numbers that are not evenly spaced become labels.</summary>
    public static Figure HeatMap(Values2D z, Values x, Values y, bool showValues = false, bool signed = false, bool logColor = false, string scaleTitle = "", ColorMap? map = null, double? min = null, double? max = null, bool showScale = true) =>
        Empty.Add(new HeatMapTrace(z, x, y) { ShowValues = showValues, Signed = signed, LogColor = logColor, ScaleTitle = scaleTitle, Map = map, ZMin = min, ZMax = max, ShowScale = showScale });

    /// <summary>Contours of a sampled function; paths are laid on top with <see cref="Path"/>.</summary>
    /// <param name="z">The function: row i belongs to y[i], column j to x[j].</param>
    /// <param name="x">The places of the columns, rising.</param>
    /// <param name="y">The places of the rows, rising.</param>
    /// <param name="levels">About how many levels there are.</param>
    /// <param name="log">Whether levels have equal ratios.</param>
    /// <param name="filled">Whether the bands between them are filled.</param>
    /// <param name="scaleTitle">What the numbers are, beside the colour bar.</param>
    /// <param name="map">The colours; null for a quiet ground.</param>
    /// <param name="showScale">Whether there is a colour bar; where only the shape matters it takes room for nothing.</param>
    /// <param name="color">The colour of the lines #rrggbb; null for a quiet one.</param>
    public static Figure Contour(Values2D z, Values x, Values y, int levels = 12, bool log = false, bool filled = true, string scaleTitle = "", ColorMap? map = null, bool showScale = true, string? color = null) =>
        Empty.Add(new ContourTrace(z, x, y) { LevelCount = levels, Log = log, Filled = filled, ScaleTitle = scaleTitle, Map = map, ShowScale = showScale, LineColor = color });

    /// <summary>Contours of a function on a rectangle.</summary>
    public static Figure Contour(Func<double, double, double> f, (double From, double To) x, (double From, double To) y, int levels = 12, bool log = false, bool filled = true, int samples = 81, string scaleTitle = "", ColorMap? map = null, bool showScale = true)
    {
        (Values xs, Values ys) = (Linspace(x.From, x.To, samples), Linspace(y.From, y.To, samples));
        return Contour(Values2D.Sample(f, xs, ys), xs, ys, levels, log, filled, scaleTitle, map, showScale);
    }

    /// <summary>The way of an iteration through the plane: a thin line with a mark at each step.</summary>
    public static Figure Path(Values x, Values y, string name = "", string? color = null) =>
        Empty.Add(new XYTrace(x, y) { Name = name, Markers = true, Size = 5, Width = 1.5, Color = color });

    /// <summary>Small grey images in a grid, each pixel a sharp square.</summary>
    /// <param name="images">[n, height, width].</param>
    /// <param name="columns">How many stand in a row; null for up to ten.</param>
    /// <param name="captions">What stands under each image; null for nothing.</param>
    /// <param name="eachByItself">Whether each image gets the whole range of greys by itself.</param>
    /// <param name="map">The colours; <see cref="ColorMap.Diverging"/> puts 0 in its middle.</param>
    /// <param name="min">The pixel that is black; null for the least one.</param>
    /// <param name="max">The pixel that is white; null for the greatest one.</param>
    public static Figure ImageGrid(Images images, int? columns = null, IReadOnlyList<string>? captions = null, bool eachByItself = false, ColorMap? map = null, double? min = null, double? max = null)
    {
        ImageTrace trace = new(images, columns ?? Math.Min(10, images.Count), captions) { Map = map ?? ColorMap.Grey, EachByItself = eachByItself, Low = min, High = max };
        double scale = Math.Min(ImageArea / trace.GridWidth, LargestImage / trace.Pictures.Width);
        return Empty.Add(trace).EqualScale().HideAxes().Size(720, Math.Clamp((scale * trace.GridHeight) + 66, 120, 4000));
    }

    /// <summary>A graph without cycles, laid out from left to right; so a computation graph (граф вычислений) shows what it computed and differentiated.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="edges">The arrows, by the nodes' indices, each with a text above it (blue) and one below it (vermillion).</param>
    /// <exception cref="ArgumentException">There is no node, an arrow names a node that is not there, or arrows lead around a circle.</exception>
    public static Figure Graph(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
    {
        GraphTrace graph = new(nodes, edges);
        return Empty.Add(graph).HideAxes().Size(Math.Clamp(60 + (graph.Columns * 90), 600, 1400), Math.Clamp(90 + ((graph.LastRow + 1) * 68), 170, 4000));
    }

    /// <summary>Charts side by side, each title above its panel. Series of one name have one colour and one entry in the legend.</summary>
    /// <param name="figures">The charts.</param>
    /// <param name="columns">How many stand in a row.</param>
    /// <param name="shareX">Whether all panels have one range of x.</param>
    /// <param name="shareY">Whether all panels have one range of y.</param>
    public static Figure SmallMultiples(IEnumerable<Figure> figures, int columns = 2, bool shareX = false, bool shareY = false)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Figure.Grid([.. figures], columns, shareX, shareY);
    }

    private static Values Linspace(double from, double to, int samples) => samples >= 2 && from < to && double.IsFinite(to - from)
        ? Values.Of(Enumerable.Range(0, samples).Select(i => from + ((to - from) * i / (samples - 1))))
        : throw new ArgumentException($"Chart: expected a finite interval with from < to and at least 2 samples, got {Display.Readable.Number(from)} to {Display.Readable.Number(to)} with {samples}");
}
