using System.Globalization;
using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;
using CourseLib.Charts;

namespace CourseLib.Benchmarks.Scaling;

/// <summary>
/// The roofline (Williams, Waterman and Patterson 2009): a work that does I operations for each byte it moves reaches at most the smaller of what the arithmetic
/// does and I times the bandwidth. To the left of the bend memory is the limit, to its right the multiply-add units are.
/// </summary>
/// <param name="measured">The measurements.</param>
internal sealed class Roofline(Measurements measured)
{
    private const string Memory = "limit/copy", Cache = "limit/copy_128K";

    // A work this near to its roof needs no reason.
    private const double Near = 0.9;

    /// <summary>The works under the roof, on one thread.</summary>
    public ScalingChart Chart()
    {
        double peak = measured.Peak(), memory = measured.Copy(Memory), cache = measured.Copy(Cache);
        (string Work, Intensity Use, double Reached)[] points =
        [
            .. Sweeps.UnderTheRoof.Select(work => (work, use: Intensity.Of(work))).Select(point => (point.work, point.use, point.use.Reached(measured.Time(point.work)))).OrderBy(point => point.use.Ratio),
        ];
        double[] places = [.. Enumerable.Range(0, 60).Select(i => Math.Pow(10, -1.2 + (i * 0.07)))];
        Figure figure = Charts.Chart.Line(places, Roof(memory), "roof: memory", color: "#52606d").Add(Charts.Chart.Line(places, Roof(cache), "roof: first-level cache", color: "#52606d", dash: Dash.Dashed));
        foreach (IGrouping<string, (string Work, Intensity Use, double Reached)> group in points.GroupBy(point => Kind(point.Work)))
        {
            figure = figure.Add(Charts.Chart.Scatter(Values.Of(group.Select(point => point.Use.Ratio)), Values.Of(group.Select(point => point.Reached)), group.Key, size: 8));
        }

        return new("roofline", "Roofline", figure.Title("Roofline, one thread").XAxis("operations per byte", log: true).YAxis("GFLOP/s", log: true).Size(900, 520), ScalingTexts.Roofline,
            MarkdownTable.Of(["|work", "operations per byte", "GFLOP/s", "part of its roof", "|why not all of it"], points.Select(Row)));

        string[] Row((string Work, Intensity Use, double Reached) point)
        {
            double part = point.Reached / new Charts.Roofline(peak, measured.Copy($"limit/{LimitWorks.CopyOf(point.Use.Bytes)}")).Attainable(point.Use.Ratio);
            return [point.Work, Invariant(point.Use.Ratio, "0.0"), Invariant(point.Reached, "0.0"), Invariant(part, "0.00"), part < Near ? ScalingTexts.Reason(point.Work) : ""];
        }

        double[] Roof(double bandwidth) => [.. places.Select(new Charts.Roofline(peak, bandwidth).Attainable)];
    }

    private static string Kind(string work) => work.Split('/')[0] switch { "gemm" => "matrix products", "conv" => "convolutions", _ => "element by element" };

    private static string Invariant(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
