using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;
using CourseLib.Display;

namespace CourseLib.Charts.Traces;

/// <summary>Level lines of a function sampled on a grid, with the bands between them filled. Row i of z belongs to y[i], column j to x[j].</summary>
public sealed record ContourTrace : Trace
{
    private const string QuietLine = "#6b8299";

    private Levels levels = Levels.None;
    private ColorScale scale = new(ColorMap.Mist, 0, 1, "");

    /// <summary>Contours over a grid of rising x and rising y.</summary>
    /// <exception cref="ArgumentException">The grid has fewer than two rows or columns, or x and y do not fit it or do not rise.</exception>
    public ContourTrace(Values2D z, Values x, Values y)
    {
        if (z.Rows < 2 || z.Columns < 2 || x.Count != z.Columns || y.Count != z.Rows)
        {
            throw new ArgumentException($"Chart.Contour: expected z of (y count, x count) with at least 2 each, got z of ({z.Rows}, {z.Columns}), {y.Count} values of y and {x.Count} of x");
        }

        if (!Rises(x) || !Rises(y))
        {
            throw new ArgumentException("Chart.Contour: expected finite x and y, each greater than the one before");
        }

        (Z, X, Y) = (z, x, y);
    }

    /// <summary>The sampled function.</summary>
    public Values2D Z { get; }

    /// <summary>The places of the columns.</summary>
    public Values X { get; }

    /// <summary>The places of the rows.</summary>
    public Values Y { get; }

    /// <summary>About how many levels there are, when they are not given.</summary>
    public int LevelCount { get; init; } = 12;

    /// <summary>The levels themselves, rising; empty for round numbers.</summary>
    public Values LevelValues { get; init; }

    /// <summary>Whether levels have equal ratios in place of equal differences.</summary>
    public bool Log { get; init; }

    /// <summary>Whether the bands are filled.</summary>
    public bool Filled { get; init; } = true;

    /// <summary>The colours; a quiet ground for coloured paths when null.</summary>
    public ColorMap? Map { get; init; }

    /// <summary>The colour of the lines, #rrggbb, such as white on a dark heat map; a quiet blue-grey when null.</summary>
    public string? LineColor { get; init; }

    /// <summary>Whether there is a colour bar.</summary>
    public bool ShowScale { get; init; } = true;

    /// <summary>What the numbers are, beside the colour bar.</summary>
    public string ScaleTitle { get; init; } = "";

    private string LineHex => LineColor is { } given ? Colour.Parse(given).Hex : QuietLine;

    private double LineWidth => LineColor is null ? 0.8 : 1.2; // a line that was given a colour is what the chart is about

    internal override bool TakesColor => false;

    internal override int Layer => 0;

    internal override ColorScale? Scale => ShowScale && Filled ? scale : null;

    internal override Trace Settle(Panel panel, int index)
    {
        Levels levels = Levels.Choose(Z, LevelValues, LevelCount, Log);
        return this with { levels = levels, scale = new ColorScale(Map ?? ColorMap.Mist, -0.5, levels.Count - 0.5, ScaleTitle, levels.Ticks, levels.Count + 1, LineHex) };
    }

    internal override bool IsEmpty(bool logX, bool logY) => Extent.Of(Z.Items, Log).IsEmpty;

    internal override Extent ExtentX(bool log) => Extent.Of(X, log) with { PadLow = false, PadHigh = false };

    internal override Extent ExtentY(bool log) => Extent.Of(Y, log) with { PadLow = false, PadHigh = false };

    internal override void Draw(SvgWriter svg, PanelFrame frame, Series series)
    {
        Values2D heights = Z.Select(levels.Index);
        (double[]? xs, double[]? ys) = (X.Select(frame.X.Map).ToArray(), Y.Select(frame.Y.Map).ToArray());
        if (Filled)
        {
            Box box = new(xs[0], ys[^1], xs[^1] - xs[0], ys[0] - ys[^1]);
            svg.Image(box, ContourFill.Paint(heights, xs, ys, box, levels.Count).ToDataUri(scale.Map, 1), crisp: false);
        }

        for (int level = 0; level < levels.Count; level++)
        {
            SvgPath path = new();
            foreach (List<(double Column, double Row)> line in MarchingSquares.Trace(heights, level))
            {
                path.MoveTo(Between(xs, line[0].Column), Between(ys, line[0].Row));
                foreach ((double column, double row) in line.Skip(1))
                {
                    path.LineTo(Between(xs, column), Between(ys, row));
                }
            }

            svg.Stroke(path, LineHex, LineWidth);
        }
    }

    internal override IEnumerable<JsonObject> ToPlotly(PanelFrame frame, Series series)
    {
        JsonObject trace = PlotlyTrace.New("contour", frame, series);
        trace["x"] = PlotlyTrace.Numbers(X);
        trace["y"] = PlotlyTrace.Numbers(Y);
        // Heights are numbered by level, so that levels of any spacing become the evenly spaced ones that plotly.js can draw.
        trace["z"] = PlotlyTrace.Matrix(Z.Select(levels.Index), value => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 4)) : null);
        trace["text"] = PlotlyTrace.Matrix(Z, value => JsonValue.Create(Readable.Number(value)));
        trace["hovertemplate"] = "%{x:.4g}, %{y:.4g}: %{text}<extra></extra>";
        trace["autocontour"] = false;
        trace["contours"] = new JsonObject { ["start"] = 0, ["end"] = levels.Count - 1, ["size"] = 1, ["coloring"] = Filled ? "fill" : "none" };
        trace["line"] = new JsonObject { ["width"] = LineWidth, ["color"] = LineHex, ["smoothing"] = 0 };
        PlotlyTrace.Colours(trace, scale, frame.ColorBar is { } bar && ReferenceEquals(bar.Scale, scale) ? frame.ColorBar : null);
        yield return trace;
    }

    private static bool Rises(Values values) => values.All(double.IsFinite) && values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second);

    private static double Between(double[] places, double index)
    {
        int below = Math.Min((int)index, places.Length - 2);
        return places[below] + ((places[below + 1] - places[below]) * (index - below));
    }

}
