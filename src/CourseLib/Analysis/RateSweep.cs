using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>
/// The loss over a grid of learning rates, each with several seeds: how much tuning a method needs (lecture cnn: "Adam practically needs no tuning"; perc, "Итоги").
/// Medians, because a rate at which one seed of many diverges is not infinitely bad.
/// </summary>
public sealed class RateSweep
{
    private RateSweep(double[] rates, double[][] losses) => (Rates, Losses, Medians) = (rates, losses, Array.ConvertAll(losses, run => Vectors.Median(run)));

    /// <summary>The rates, rising.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>Losses[i][s]: rate i with seed s.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Losses { get; }

    /// <summary>The median over the seeds at each rate.</summary>
    public IReadOnlyList<double> Medians { get; }

    /// <summary>The rate with the least median.</summary>
    public double BestRate => Rates[Enumerable.Range(0, Rates.Count).MinBy(i => Medians[i])];

    /// <summary>The median at that rate.</summary>
    public double BestMedian => Medians.Min();

    /// <summary>Measures each rate with seeds 0, 1, ….</summary>
    /// <param name="rates">Positive, rising.</param>
    /// <param name="seeds">How many seeds, at least 1.</param>
    /// <param name="loss">Trains with a rate and a seed; a run that diverged should return a large number.</param>
    /// <exception cref="ArgumentException">There are not at least two rates, or they do not rise.</exception>
    public static RateSweep Run(IReadOnlyList<double> rates, int seeds, Func<double, int, double> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Requires.Rising("RateSweep.Run", nameof(rates), rates, 2);
        Requires.AtLeast("RateSweep.Run", nameof(seeds), seeds, 1);
        return new RateSweep([.. rates], [.. rates.Select(rate => Enumerable.Range(0, seeds).Select(seed => loss(rate, seed)).ToArray())]);
    }

    /// <summary>The median at the grid's rate nearest to this one on the logarithmic scale.</summary>
    public double MedianAt(double rate) => Medians[Enumerable.Range(0, Rates.Count).MinBy(i => Math.Abs(Math.Log(Rates[i] / rate)))];

    /// <summary>Over how many decades of the rate the median lies below a threshold; between two rates the logarithm of the loss is taken as straight.</summary>
    public double Width(double threshold)
    {
        double width = 0;
        for (int i = 0; i + 1 < Rates.Count; i++)
        {
            double a = Math.Log(Medians[i] / threshold), b = Math.Log(Medians[i + 1] / threshold);
            double below = a <= 0 && b <= 0 ? 1 : a > 0 && b > 0 ? 0 : -Math.Min(a, b) / Math.Abs(a - b);
            width += below * Math.Log10(Rates[i + 1] / Rates[i]);
        }

        return width;
    }
}
