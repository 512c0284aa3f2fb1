namespace CourseLib.Training;

/// <summary>What a <see cref="RateRangeTest"/> saw: losses over growing rates, to be charted with a logarithmic axis.</summary>
public sealed class RateRange
{
    /// <summary>Weight of the past in <see cref="Smoothed"/>.</summary>
    private const double Memory = 0.9;

    internal RateRange(IReadOnlyList<double> rates, IReadOnlyList<double> losses)
    {
        Rates = rates;
        Losses = losses;
        Smoothed = Smooth(losses);
        int lowest = Enumerable.Range(0, Smoothed.Count).MinBy(i => Smoothed[i]);
        Highest = rates[lowest];

        // The rates are equally far apart on the logarithmic axis: the slope there is a difference. It spans a quarter of the way, since that of
        // neighbours is the noise of a batch, which is largest among the first, where nothing is smoothed yet.
        int span = Math.Max(1, lowest / 4);
        double steepest = lowest == 0 ? rates[0] : rates[(span / 2) + Enumerable.Range(0, lowest - span + 1).MinBy(i => Smoothed[i + span] - Smoothed[i])];
        Suggested = Math.Max(rates[0], Math.Min(steepest, Highest / 10));
    }

    /// <summary>The rate of each step made, growing by the same factor.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>The loss of each step's batch, before the update with its rate.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>The losses averaged with those before, by exponentially falling weights that sum to 1.</summary>
    public IReadOnlyList<double> Smoothed { get; }

    /// <summary>A rate to train with: where the smoothed loss falls fastest, but no more than a tenth of <see cref="Highest"/>, near which training is about to break. The first rate when the loss never fell.</summary>
    public double Suggested { get; }

    /// <summary>Where the smoothed loss is lowest: above this rate training gets worse. The top of a cycle lies below it.</summary>
    public double Highest { get; }

    /// <summary>The range and the suggestion.</summary>
    public override string ToString() => FormattableString.Invariant($"RateRange: {Rates.Count} steps from {Rates[0]:0.##e+0} to {Rates[^1]:0.##e+0}; the loss is lowest at {Highest:0.##e+0}, suggested is {Suggested:0.##e+0}");

    private static double[] Smooth(IReadOnlyList<double> losses)
    {
        double[] smoothed = new double[losses.Count];
        double average = 0;
        for (int i = 0; i < smoothed.Length; i++)
        {
            average = (Memory * average) + ((1 - Memory) * losses[i]);
            smoothed[i] = average / (1 - Math.Pow(Memory, i + 1));
        }

        return smoothed;
    }
}
