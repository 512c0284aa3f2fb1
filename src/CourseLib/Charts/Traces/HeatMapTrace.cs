using System.Globalization;
using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;
using CourseLib.Display;

namespace CourseLib.Charts.Traces;

/// <summary>
/// A matrix as colours. Without numbers for y, row 0 is at the top, as a matrix is written; with numbers, y grows upwards. NaN cells are empty.
/// </summary>
public sealed record HeatMapTrace : Trace
{
    private readonly GridAxis x;
    private readonly GridAxis y;
    internal override string Content => string.Create(CultureInfo.InvariantCulture, $"{Z.Rows} rows of {Z.Columns} values");

    private ColorScale scale = new(ColorMap.Viridis, 0, 1, "");

    /// <summary>A heat map; x names or numbers the columns, y the rows.</summary>
    /// <exception cref="ArgumentException">x or y do not fit the matrix.</exception>
    public HeatMapTrace(Values2D z, Values? x = null, Values? y = null, IReadOnlyList<string>? xLabels = null, IReadOnlyList<string>? yLabels = null)
    {
        if (z.Rows == 0)
        {
            throw new ArgumentException("Chart.HeatMap: expected a matrix with at least one cell, got none", nameof(z));
        }

        Z = z;
        this.x = GridAxis.Of("Chart.HeatMap", "x", z.Columns, x, xLabels);
        this.y = GridAxis.Of("Chart.HeatMap", "y", z.Rows, y, yLabels);
    }

    /// <summary>The matrix.</summary>
    public Values2D Z { get; }

    /// <summary>The colours; null for viridis, or for blue-white-vermillion around 0 when the map is <see cref="Signed"/>.</summary>
    public ColorMap? Map { get; init; }

    /// <summary>Colours run from -m to m, 0 in the middle.</summary>
    public bool Signed { get; init; }

    /// <summary>Colours follow the logarithm; cells that are not positive are empty.</summary>
    public bool LogColor { get; init; }

    /// <summary>The number of the first colour; null for the least one.</summary>
    public double? ZMin { get; init; }

    /// <summary>The number of the last colour; null for the greatest one.</summary>
    public double? ZMax { get; init; }

    /// <summary>Whether each cell shows its number.</summary>
    public bool ShowValues { get; init; }

    /// <summary>Whether there is a colour bar.</summary>
    public bool ShowScale { get; init; } = true;

    /// <summary>What the numbers are, beside the colour bar.</summary>
    public string ScaleTitle { get; init; } = "";

    internal override bool TakesColor => false;

    internal override int Layer => 0;

    internal override IReadOnlyList<Tick>? LabelsX => x.Labels;

    internal override IReadOnlyList<Tick>? LabelsY => y.Labels;

    internal override bool ReversesY => !y.IsNumeric;

    internal override ColorScale? Scale => ShowScale ? scale : null;

    internal override Trace Settle(Panel panel, int index) => this with { scale = MakeScale() };

    internal override bool IsEmpty(bool logX, bool logY) => Extent.Of(Z.Items, LogColor).IsEmpty;

    internal override Extent ExtentX(bool log) => x.Cells;

    internal override Extent ExtentY(bool log) => y.Cells;

    internal override void Draw(SvgWriter svg, PanelFrame frame, Series series)
    {
        Box box = new(frame.X.Map(x.Cells.Low), Math.Min(frame.Y.Map(y.Cells.Low), frame.Y.Map(y.Cells.High)), frame.X.Map(x.Cells.High) - frame.X.Map(x.Cells.Low), Math.Abs(frame.Y.Map(y.Cells.High) - frame.Y.Map(y.Cells.Low)));
        Raster raster = new(Z.Columns, Z.Rows);
        (ColorScale? colours, bool flip) = (scale, !frame.Y.Range.Reversed);
        for (int row = 0; row < Z.Rows; row++)
        {
            for (int column = 0; column < Z.Columns; column++)
            {
                raster[column, flip ? Z.Rows - 1 - row : row] = colours.Place(OnScale(Z[row, column]));
            }
        }

        svg.Image(box, raster.ToDataUri(colours.Map, Raster.Magnification(Z.Columns, Z.Rows, box)));
        foreach ((double x, double y, string? text, string? color) in Numerals)
        {
            svg.Text(frame.X.Map(x), frame.Y.Map(y) + 4, text, 12, anchor: "middle", color: color);
        }
    }

    internal override IEnumerable<JsonObject> ToPlotly(PanelFrame frame, Series series)
    {
        JsonObject trace = PlotlyTrace.New("heatmap", frame, series);
        trace["x"] = PlotlyTrace.Numbers(x.Places);
        trace["y"] = PlotlyTrace.Numbers(y.Places);
        // What is infinite has the colour of its end; plotly.js would leave a hole.
        trace["z"] = PlotlyTrace.Matrix(Z.Select(OnScale).Select(value => double.IsInfinity(value) ? Math.Clamp(value, scale.Low, scale.High) : value));
        trace["zmin"] = scale.Low;
        trace["zmax"] = scale.High;
        trace["zsmooth"] = false;
        trace["hoverongaps"] = false;
        trace["text"] = PlotlyTrace.Matrix(Z, value => JsonValue.Create(Readable.Number(value)));
        trace["hovertemplate"] = "%{x}, %{y}: %{text}<extra></extra>";
        PlotlyTrace.Colours(trace, scale, frame.ColorBar is { } bar && ReferenceEquals(bar.Scale, scale) ? frame.ColorBar : null);
        if (x.Labels is not null || y.Labels is not null)
        {
            trace["customdata"] = new JsonArray([.. Enumerable.Range(0, Z.Rows).Select(row => (JsonNode)new JsonArray([.. Enumerable.Range(0, Z.Columns).Select(column => JsonValue.Create(PlotlyTrace.Text(LabelOf(x, column) + ", " + LabelOf(y, row))))]))]);
            trace["hovertemplate"] = "%{customdata}: %{text}<extra></extra>";
        }

        yield return trace;
        if (!ShowValues)
        {
            yield break;
        }

        // A trace of its own, because plotly.js would choose other colours for the texts.
        JsonObject numbers = PlotlyTrace.New("scatter", frame, series);
        (double X, double Y, string Text, string Color)[] shown = Numerals.ToArray();
        numbers["mode"] = "text";
        numbers["x"] = PlotlyTrace.Numbers(shown.Select(v => v.X));
        numbers["y"] = PlotlyTrace.Numbers(shown.Select(v => v.Y));
        numbers["text"] = new JsonArray([.. shown.Select(v => JsonValue.Create(v.Text))]);
        numbers["textfont"] = new JsonObject { ["size"] = 12, ["color"] = new JsonArray([.. shown.Select(v => JsonValue.Create(v.Color))]) };
        numbers["hoverinfo"] = "skip";
        yield return numbers;
    }

    private IEnumerable<(double X, double Y, string Text, string Color)> Numerals =>
        from i in Enumerable.Range(0, ShowValues ? Z.Items.Length : 0)
        let place = scale.Place(OnScale(Z.Items[i]))
        where double.IsFinite(place)
        select (x.Places[i % Z.Columns], y.Places[i / Z.Columns], Readable.Number(Z.Items[i], 3), scale.Map.Pick(place).Ink);

    private static string LabelOf(GridAxis axis, int i) => axis.Labels?[i].Text ?? Readable.Number(axis.Places[i]);

    private double OnScale(double value) => !LogColor ? value : value > 0 ? Math.Log10(value) : double.NaN;

    private ColorScale MakeScale()
    {
        Extent extent = Extent.Of(Z.Items, LogColor);
        (double low, double high) = (ZMin ?? (extent.IsEmpty ? (LogColor ? 0.1 : 0) : extent.Low), ZMax ?? (extent.IsEmpty ? 1 : extent.High));
        if (Signed && !LogColor)
        {
            double most = Math.Max(Math.Abs(low), Math.Abs(high));
            (low, high) = (-most, most);
        }

        (low, high) = (OnScale(low), OnScale(high));
        if (!(high > low))
        {
            (low, high) = (low - 0.5, low + 0.5);
        }

        Tick[]? ticks = LogColor ? Ticks.Logarithmic(Math.Pow(10, low), Math.Pow(10, high), 8).Select(tick => new Tick(Math.Log10(tick.Value), tick.Text)).ToArray() : null;
        return new ColorScale(Map ?? (Signed ? ColorMap.Diverging : ColorMap.Viridis), low, high, ScaleTitle, ticks);
    }
}
