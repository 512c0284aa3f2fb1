namespace CourseLib.Analysis;

/// <summary>
/// A factorial experiment (факторный эксперимент) taken apart: which share of the variance of its outcomes each factor explains. The share of a factor is
/// sum_k n_k (mean_k - mean)^2 / sum_j (y_j - mean)^2 over its levels k; in a design with as many runs of every combination the shares add up to one (analysis of variance, Fisher 1925).
/// </summary>
/// <param name="Factors">What each factor explains alone.</param>
/// <param name="Interactions">What the combinations explain beyond the factors.</param>
/// <param name="Rest">What varies within a combination: the seeds.</param>
public sealed record VarianceShares(IReadOnlyList<double> Factors, double Interactions, double Rest)
{
    /// <summary>The factors' shares, then interactions and rest.</summary>
    public double[] All => [.. Factors, Interactions, Rest];

    /// <summary>Splits the variance of the outcomes.</summary>
    /// <param name="runs">The runs, as many of each combination.</param>
    /// <param name="outcome">The number that varies.</param>
    /// <param name="factors">Each gives the level of one factor in a run.</param>
    /// <exception cref="ArgumentException">There is no factor, the combinations do not all have the same number of runs, or all outcomes are equal.</exception>
    public static VarianceShares Of<TRun>(IEnumerable<TRun> runs, Func<TRun, double> outcome, params Func<TRun, object>[] factors)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(factors);
        TRun[] all = [.. runs];
        double[] outcomes = [.. all.Select(outcome)];
        double mean = outcomes.Length > 0 ? outcomes.Average() : 0, total = outcomes.Sum(value => (value - mean) * (value - mean));
        string[] combinations = [.. all.Select(run => string.Join('\n', factors.Select(level => level(run))))];
        long cells = factors.Aggregate(1L, (count, level) => count * all.Select(level).Distinct().Count());
        int[] sizes = [.. combinations.GroupBy(combination => combination).Select(group => group.Count())];
        if (factors.Length == 0 || !(total > 0) || sizes.Length != cells || sizes.Distinct().Count() > 1)
        {
            throw new ArgumentException("VarianceShares.Of: expected at least one factor, as many runs of each combination of levels, and outcomes that vary.", nameof(runs));
        }

        double Explained(IEnumerable<object> levels) => levels.Zip(outcomes).GroupBy(pair => pair.First, pair => pair.Second)
            .Sum(group => group.Count() * Math.Pow(group.Average() - mean, 2)) / total;
        double[] shares = [.. factors.Select(level => Explained(all.Select(level)))];
        double together = Explained(combinations);
        return new(shares, together - shares.Sum(), 1 - together);
    }
}
