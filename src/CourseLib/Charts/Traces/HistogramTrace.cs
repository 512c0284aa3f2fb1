using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;

namespace CourseLib.Charts.Traces;

/// <summary>How often values fall into bins. Histograms on one panel share their bins, so that they can be compared; a logarithmic axis has bins of equal ratio.</summary>
public sealed record HistogramTrace : Trace
{
    private const int FewestBins = 8;
    private const int MostBins = 80;

    private double[] edges = [];
    private double[] heights = [];
    private double opacity = 1;

    /// <summary>A histogram of the finite values.</summary>
    public HistogramTrace(Values data) => Data = data;

    /// <summary>The values that are counted.</summary>
    public Values Data { get; }

    /// <summary>The number of bins; null for the rule of Freedman and Diaconis (width 2 IQR / n^(1/3)).</summary>
    public int? Bins { get; init; }

    /// <summary>Whether the area is 1 in place of heights that are counts.</summary>
    public bool Density { get; init; }

    internal override int Layer => 2;

    /// <summary>The edges of the bins, after <see cref="Settle"/>.</summary>
    internal IReadOnlyList<double> Edges => edges;

    /// <summary>The height of each bin, after <see cref="Settle"/>.</summary>
    internal IReadOnlyList<double> Heights => heights;

    internal override Trace Settle(Panel panel, int index)
    {
        bool log = panel.X.Log;
        List<HistogramTrace> group = panel.Traces.OfType<HistogramTrace>().ToList();
        double[] edges = SharedEdges(group, log);
        double[] heights = new double[Math.Max(0, edges.Length - 1)];
        int counted = 0;
        foreach (double value in Data.Where(v => Counts(v, log)))
        {
            int bin = Array.BinarySearch(edges, value);
            bin = Math.Clamp(bin >= 0 ? bin : ~bin - 1, 0, heights.Length - 1);
            heights[bin]++;
            counted++;
        }

        for (int i = 0; Density && i < heights.Length; i++)
        {
            heights[i] /= Math.Max(1, counted) * (edges[i + 1] - edges[i]);
        }

        return this with { edges = edges, heights = heights, opacity = group.Count > 1 ? 0.55 : 0.9 };
    }

    internal override Extent ExtentX(bool log) => Extent.Of(edges, log);

    internal override Extent ExtentY(bool log) => Extent.Of(heights, log) is { IsEmpty: false } all ? new Extent(log ? all.Low / 2 : 0, all.High, PadLow: false) : Extent.None;

    internal override void Draw(SvgWriter svg, PanelFrame frame, Series series)
    {
        double floor = frame.Y.Range.Log ? frame.Y.Start : frame.Y.Map(0);
        for (int i = 0; i < heights.Length; i++)
        {
            double top = frame.Y.Map(heights[i]);
            if (heights[i] > 0 && double.IsFinite(top))
            {
                (double left, double right) = (frame.X.Map(edges[i]), frame.X.Map(edges[i + 1]));
                svg.Rect(left, top, right - left, floor - top, series.Style.Color, opacity, stroke: Scene.Paper);
            }
        }
    }

    internal override IEnumerable<JsonObject> ToPlotly(PanelFrame frame, Series series)
    {
        JsonObject trace = PlotlyTrace.New("bar", frame, series);
        trace["x"] = PlotlyTrace.Numbers(edges.Take(heights.Length));
        trace["y"] = PlotlyTrace.Numbers(heights);
        trace["offset"] = 0;
        trace["width"] = PlotlyTrace.Numbers(heights.Select((_, i) => edges[i + 1] - edges[i]));
        trace["opacity"] = opacity;
        trace["marker"] = new JsonObject { ["color"] = series.Style.Color, ["line"] = new JsonObject { ["width"] = 0.5, ["color"] = Scene.Paper } };
        trace["hovertemplate"] = "from %{x:.4g}: %{y:.4g}";
        yield return trace;
    }

    internal override void DrawSample(SvgWriter svg, double x, double y, SeriesStyle style) => svg.Rect(x + ((Legend.SampleWidth - 12) / 2), y - 6, 12, 12, style.Color, opacity);

    private static bool Counts(double value, bool log) => double.IsFinite(value) && (!log || value > 0);

    private static double[] SharedEdges(List<HistogramTrace> group, bool log)
    {
        double[][] sorted = group.Select(h => h.Data.Where(v => Counts(v, log)).Select(v => log ? Math.Log10(v) : v).Order().ToArray()).Where(values => values.Length > 0).ToArray();
        if (sorted.Length == 0)
        {
            return [];
        }

        (double low, double high) = (sorted.Min(values => values[0]), sorted.Max(values => values[^1]));
        if (high - low <= 1e-12 * Math.Max(1, Math.Abs(low)))
        {
            double half = Math.Max(0.5, Math.Abs(low) * 0.05);
            (low, high) = (low - half, high + half);
        }

        int bins = group.Max(h => h.Bins) ?? Math.Clamp((int)Math.Ceiling((high - low) / Math.Max(sorted.Min(NaturalWidth), (high - low) / MostBins)), FewestBins, MostBins);
        if (bins < 1)
        {
            throw new ArgumentException($"Chart.Histogram: expected at least one bin, got {bins}");
        }

        return [.. Enumerable.Range(0, bins + 1).Select(i => low + ((high - low) * i / bins)).Select(edge => log ? Math.Pow(10, edge) : edge)];
    }

    private static double NaturalWidth(double[] sorted) => 2 * (sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4]) / Math.Cbrt(sorted.Length);
}
