using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;

namespace CourseLib.Charts.Traces;

/// <summary>Points, joined by a line, marked, or both. A value that is not finite is a gap.</summary>
public sealed record XYTrace : Trace
{
    /// <summary>Points over x.</summary>
    /// <exception cref="ArgumentException">There are not as many y as x.</exception>
    public XYTrace(Values x, Values y)
    {
        DemandSameLength("XYTrace", "y", y.Count, x.Count);
        (X, Y) = (x, y);
    }

    /// <summary>The first coordinates.</summary>
    public Values X { get; }

    /// <summary>The second coordinates.</summary>
    public Values Y { get; }

    /// <summary>Whether a line joins the points.</summary>
    public bool Lines { get; init; } = true;

    /// <summary>Whether each point has a marker.</summary>
    public bool Markers { get; init; }

    /// <summary>The line's width in pixels.</summary>
    public double Width { get; init; } = 2;

    /// <summary>The markers' diameter in pixels.</summary>
    public double Size { get; init; } = 6;

    /// <summary>Opacity of the markers, 0 to 1.</summary>
    public double Opacity { get; init; } = 1;

    internal override Extent ExtentX(bool log) => Extent.Of(X, log);

    internal override Extent ExtentY(bool log) => Extent.Of(Y, log);

    internal override void Draw(SvgWriter svg, PanelFrame frame, Series series)
    {
        SvgPath path = new();
        List<(double, double)> dots = new();
        bool open = false;
        foreach (int i in Shown(frame))
        {
            (double x, double y) = (frame.X.Map(X[i]), frame.Y.Map(Y[i]));
            if (double.IsNaN(x + y))
            {
                open = false;
                continue;
            }

            dots.Add((x, y));
            path = open ? path.LineTo(x, y) : path.MoveTo(x, y);
            open = true;
        }

        if (Lines)
        {
            svg.Stroke(path, series.Style.Color, Width, series.Style.SvgDash);
        }

        if (Markers)
        {
            svg.Discs(dots, series.Style.Color, Size, Opacity);
        }
    }

    internal override IEnumerable<JsonObject> ToPlotly(PanelFrame frame, Series series)
    {
        IReadOnlyList<int> shown = Shown(frame);
        JsonObject trace = PlotlyTrace.New("scatter", frame, series);
        trace["mode"] = (Lines, Markers) switch { (true, true) => "lines+markers", (false, _) => "markers", _ => "lines" };
        trace["x"] = PlotlyTrace.Numbers(shown.Select(i => double.IsNaN(frame.X.Map(X[i])) ? double.NaN : X[i]));
        trace["y"] = PlotlyTrace.Numbers(shown.Select(i => double.IsNaN(frame.Y.Map(Y[i])) ? double.NaN : Y[i]));
        trace["line"] = new JsonObject { ["color"] = series.Style.Color, ["width"] = Width, ["dash"] = series.Style.PlotlyDash };
        trace["marker"] = new JsonObject { ["color"] = series.Style.Color, ["size"] = Size, ["opacity"] = Opacity, ["line"] = new JsonObject { ["width"] = 0 } };
        yield return trace;
    }

    internal override void DrawSample(SvgWriter svg, double x, double y, SeriesStyle style)
    {
        if (Lines)
        {
            svg.Stroke(new SvgPath().MoveTo(x, y).LineTo(x + Legend.SampleWidth, y), style.Color, Width, style.SvgDash);
        }

        if (Markers)
        {
            svg.Discs([(x + (Legend.SampleWidth / 2), y)], style.Color, Math.Max(Size, 6), Opacity);
        }
    }

    private IReadOnlyList<int> Shown(PanelFrame frame) => Lines && !Markers ? Thinning.Keep(X.Items, Y.Items, frame) : Thinning.All(X.Count);
}
