using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;
using CourseLib.Charts;

namespace CourseLib.Benchmarks.Scaling;

/// <summary>Draws the measurements: time against batch, width and image size beside the time that the machine's limit would allow, and the gain of more threads.</summary>
/// <param name="measured">The measurements.</param>
internal sealed class ScalingCharts(Measurements measured)
{
    private const string LimitColor = "#52606d";

    /// <summary>All charts, in the order of the page.</summary>
    public IReadOnlyList<ScalingChart> All => [Batch(), Width(), Image(), Threads(), new Roofline(measured).Chart()];

    private ScalingChart Batch()
    {
        int[] all = [.. Sweeps.Batches.SelectMany(entry => entry.Sizes).Distinct().Order()];
        Figure figure = Chart.Empty;
        foreach ((string network, int[] sizes) in Sweeps.Batches)
        {
            figure = figure.Add(Chart.Line(sizes, Values.Of(sizes.Select(size => PerExample(network, size))), network, markers: true));
        }

        return new("batch", "Batch", figure.Title("A training step, time per example").XAxis("examples in a batch", log: true).XTicks(all, [.. all.Select(Whole)]).YAxis("µs per example", log: true), ScalingTexts.Batch,
            MarkdownTable.Of(["|µs per example", .. all.Select(Whole)], Sweeps.Batches.Select(entry =>
                all.Select(size => entry.Sizes.Contains(size) ? RowText.Micro(PerExample(entry.Network, size)) : "").Prepend(entry.Network))));
    }

    private double PerExample(string network, int size) => measured.Time(Sweeps.Step(network, size)) / size;

    private ScalingChart Width()
    {
        double[] times = [.. Sweeps.Widths.Select(width => measured.Time(Sweeps.Linear(width)))], limits = [.. Sweeps.Widths.Select(width => Limit(Sweeps.Linear(width)))];
        Figure figure = Chart.Line(Sweeps.Widths, times, "forward pass", markers: true).Add(Chart.Line(Sweeps.Widths, limits, "limit: FMA", color: LimitColor, dash: Dash.Dashed));
        return new("width", "Width", figure.Title("A linear layer of n inputs and n outputs, batch 64").XAxis("n", log: true).XTicks(Sweeps.Widths, [.. Sweeps.Widths.Select(Whole)]).YAxis("µs", log: true), ScalingTexts.Width,
            MarkdownTable.Of(["|", .. Sweeps.Widths.Select(Whole)], [times.Select(Micro).Prepend("forward pass, µs"), limits.Zip(times, Share).Prepend("part of the limit")]));
    }

    private ScalingChart Image()
    {
        double[] limits = [.. Sweeps.Images.Select(size => Limit(Sweeps.Layer(size, "forward")))];
        Figure figure = Chart.Empty;
        foreach (string pass in Sweeps.Passes)
        {
            // Forward and dx are the same algorithm and lie on each other: a dashed line shows what is under it.
            figure = figure.Add(Chart.Line(Sweeps.Images, Times(pass), pass, markers: true, dash: pass == "dx" ? Dash.Dashed : null));
        }

        figure = figure.Add(Chart.Line(Sweeps.Images, limits, "limit of the direct sum", color: LimitColor, dash: Dash.Dotted));
        return new("image", "Image size", figure.Title("3x3 convolution, 32 channels to 32, batch 64").XAxis("rows and columns of the image", log: true).XTicks(Sweeps.Images, [.. Sweeps.Images.Select(Whole)]).YAxis("µs", log: true), ScalingTexts.Image,
            MarkdownTable.Of(["|part of the limit", .. Sweeps.Images.Select(Whole)], Sweeps.Passes.Select(pass => limits.Zip(Times(pass), Share).Prepend(pass))));

        double[] Times(string pass) => [.. Sweeps.Images.Select(size => measured.Time(Sweeps.Layer(size, pass)))];
    }

    private ScalingChart Threads()
    {
        int[] counts = [.. Enumerable.Range(2, Math.Max(0, Environment.ProcessorCount - 1))];
        Figure figure = Chart.Empty;
        foreach (int threads in counts)
        {
            // One kind of bar needs no legend. The table has the numbers: above the bars they would stand in the dashed line.
            string name = counts.Length == 1 ? "" : FormattableString.Invariant($"{threads} threads");
            double machine = measured.MachineGain(threads);
            figure = figure.Add(Chart.Bar([Goals.Arithmetic, .. Sweeps.Shared], Values.Of(Sweeps.Shared.Select(work => measured.Gain(work, threads)).Prepend(machine)), name))
                .HorizontalLine(machine);
        }

        return new("threads", "Threads", figure.Title(counts.Length == 1 ? FormattableString.Invariant($"Time on one thread divided by time on {counts[0]}") : "Time on one thread divided by time on more")
            .XAxis("work").YAxis("gain", min: 0).Size(900, 460), ScalingTexts.Threads,
            MarkdownTable.Of(["|work", "1 thread, µs", .. counts.Select(threads => FormattableString.Invariant($"{threads} threads, gain"))],
                Sweeps.Shared.Select(work => counts.Select(threads => RowText.Ratio(measured.Gain(work, threads))).Prepend(Micro(measured.Time(work))).Prepend(work))
                    .Prepend([Goals.Arithmetic, "", .. counts.Select(threads => RowText.Ratio(measured.MachineGain(threads)))])));
    }

    private double Limit(string work) => WorkCatalog.Find(work).Flops / measured.Peak() / 1e3;

    private static string Micro(double us) => RowText.Micro(us);

    private static string Whole(int number) => FormattableString.Invariant($"{number}");

    private static string Share(double limit, double time) => FormattableString.Invariant($"{limit / time:0.00}");
}
