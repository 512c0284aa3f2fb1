using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;

namespace CourseLib.Charts.Traces;

/// <summary>A translucent band between two curves: the spread over seeds, a margin of error.</summary>
public sealed record BandTrace : Trace
{
    private const double Opacity = 0.2;

    /// <summary>A band over x.</summary>
    /// <exception cref="ArgumentException">There are not as many lower or upper values as x.</exception>
    public BandTrace(Values x, Values lower, Values upper)
    {
        DemandSameLength("BandTrace", "lower", lower.Count, x.Count);
        DemandSameLength("BandTrace", "upper", upper.Count, x.Count);
        (X, Lower, Upper) = (x, lower, upper);
    }

    /// <summary>The first coordinates.</summary>
    public Values X { get; }

    /// <summary>The lower curve.</summary>
    public Values Lower { get; }

    /// <summary>The upper curve.</summary>
    public Values Upper { get; }

    internal override int Layer => 1;

    internal override Extent ExtentX(bool log) => Extent.Of(X, log);

    internal override Extent ExtentY(bool log) => Extent.Of(Lower.Concat(Upper), log);

    internal override void Draw(SvgWriter svg, PanelFrame frame, Series series)
    {
        SvgPath path = new();
        foreach (List<(double X, double Y)> outline in Outlines(frame))
        {
            path.MoveTo(frame.X.Map(outline[0].X), frame.Y.Map(outline[0].Y));
            foreach ((double x, double y) in outline.Skip(1))
            {
                path.LineTo(frame.X.Map(x), frame.Y.Map(y));
            }

            path.Close();
        }

        svg.Fill(path, series.Style.Color, Opacity);
    }

    internal override IEnumerable<JsonObject> ToPlotly(PanelFrame frame, Series series)
    {
        JsonObject trace = PlotlyTrace.New("scatter", frame, series);
        (double X, double Y)[] points = Outlines(frame).SelectMany(outline => outline.Append((X: double.NaN, Y: double.NaN))).ToArray();
        trace["mode"] = "lines";
        trace["x"] = PlotlyTrace.Numbers(points.Select(p => p.X));
        trace["y"] = PlotlyTrace.Numbers(points.Select(p => p.Y));
        trace["fill"] = "toself";
        trace["fillcolor"] = series.Style.Rgba(Opacity);
        trace["line"] = new JsonObject { ["width"] = 0, ["color"] = series.Style.Color };
        trace["hoverinfo"] = "skip";
        yield return trace;
    }

    internal override void DrawSample(SvgWriter svg, double x, double y, SeriesStyle style) =>
        svg.Fill(new SvgPath().MoveTo(x, y - 6).LineTo(x + Legend.SampleWidth, y - 6).LineTo(x + Legend.SampleWidth, y + 6).LineTo(x, y + 6).Close(), style.Color, Opacity);

    // One outline for each stretch without gaps. On a logarithmic axis a lower edge that is not positive lies below everything shown.
    private IEnumerable<List<(double X, double Y)>> Outlines(PanelFrame frame)
    {
        List<int> run = new();
        for (int i = 0; i <= X.Count; i++)
        {
            if (i < X.Count && double.IsFinite(frame.X.Map(X[i])) && double.IsFinite(Lower[i]) && double.IsFinite(frame.Y.Map(Upper[i])))
            {
                run.Add(i);
            }
            else if (run.Count > 0)
            {
                IEnumerable<(double, double)> lower = run.Select(k => (X[k], frame.Y.Range.Log ? Math.Max(Lower[k], frame.Y.Range.Low / 10) : Lower[k]));
                yield return [.. run.Select(k => (X[k], Upper[k])), .. lower.Reverse()];
                run.Clear();
            }
        }
    }
}
