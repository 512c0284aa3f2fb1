namespace CourseLib.Analysis;

/// <summary>
/// How much better one setting did than another when both were run with the same seeds: the mean of the differences run by run, and how far chance may move it. What a seed does to
/// both cancels, so small differences show that drown in the spread over seeds.
/// </summary>
/// <param name="Mean">The mean difference.</param>
/// <param name="StandardError">The standard deviation of the differences (with n - 1) over the root of their number.</param>
public sealed record PairedDifference(double Mean, double StandardError)
{
    /// <summary>The mean in standard errors: Student's t, with one degree of freedom less than there are pairs.</summary>
    public double TStatistic => Mean / StandardError;

    /// <summary>Compares runs with those of a reference, the same seed at the same place.</summary>
    /// <param name="runs">One number for each seed, at least two.</param>
    /// <param name="reference">As many, in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are fewer than two runs.</exception>
    public static PairedDifference Of(IReadOnlyList<double> runs, IReadOnlyList<double> reference)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(reference);
        if (runs.Count != reference.Count || runs.Count < 2)
        {
            throw new ArgumentException(
                $"PairedDifference.Of: expected at least two runs and as many of the reference, got {Display.Readable.Number(runs.Count)} and {Display.Readable.Number(reference.Count)}.", nameof(runs));
        }

        double[] differences = [.. runs.Zip(reference, (run, other) => run - other)];
        double mean = differences.Average();
        double variance = differences.Sum(difference => (difference - mean) * (difference - mean)) / (differences.Length - 1);
        return new(mean, Math.Sqrt(variance / differences.Length));
    }
}
