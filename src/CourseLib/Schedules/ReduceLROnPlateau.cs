namespace CourseLib.Schedules;

/// <summary>
/// Lowers the rate when a metric has stopped getting better (lecture perc, "Когда уменьшать learning rate?": "при ухудшении валидационного лосса"); torch's
/// class of this name.
/// </summary>
/// <remarks>
/// A schedule with feedback, so no function of the step alone: <see cref="Next"/> takes a metric after each epoch. More than <c>patience</c> epochs in a
/// row that are no better than the best so far, and the rate is multiplied by the factor; then <c>cooldown</c> epochs are not counted.
/// </remarks>
public sealed class ReduceLROnPlateau
{
    private readonly double factor;
    private readonly int patience;
    private readonly double threshold;
    private readonly bool isRelative;
    private readonly int cooldown;
    private readonly double minRate;
    private readonly double eps;
    private int cooldownLeft;

    /// <param name="mode">Whether the metric falls (a loss) or grows (an accuracy) when it gets better.</param>
    /// <param name="factor">What the rate is multiplied by.</param>
    /// <param name="patience">Bad epochs that are forgiven; the rate falls at the next one.</param>
    /// <param name="threshold">How much better than the best counts as better.</param>
    /// <param name="isRelative">Whether the threshold is a share of the best value (torch's threshold_mode "rel") or a difference ("abs").</param>
    /// <param name="cooldown">Epochs after a fall that are not counted as bad.</param>
    /// <param name="minRate">The rate does not fall below it.</param>
    /// <param name="eps">A fall by no more than this is not made.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public ReduceLROnPlateau(
        MetricMode mode = MetricMode.Min,
        double factor = 0.1,
        int patience = 10,
        double threshold = 1e-4,
        bool isRelative = true,
        int cooldown = 0,
        double minRate = 0,
        double eps = 1e-8)
    {
        ScheduleRequires.That(factor is >= 0 and < 1, nameof(ReduceLROnPlateau), factor, "from 0 on and under 1");
        ScheduleRequires.That(patience >= 0, nameof(ReduceLROnPlateau), patience, "from 0 on");
        ScheduleRequires.Rate(nameof(ReduceLROnPlateau), threshold);
        ScheduleRequires.That(cooldown >= 0, nameof(ReduceLROnPlateau), cooldown, "from 0 on");
        ScheduleRequires.Rate(nameof(ReduceLROnPlateau), minRate);
        ScheduleRequires.Rate(nameof(ReduceLROnPlateau), eps);
        Mode = mode;
        this.factor = factor;
        this.patience = patience;
        this.threshold = threshold;
        this.isRelative = isRelative;
        this.cooldown = cooldown;
        this.minRate = minRate;
        this.eps = eps;
        Reset();
    }

    /// <summary>Which way the metric gets better.</summary>
    public MetricMode Mode { get; }

    /// <summary>The best metric so far; infinite before the first.</summary>
    public double Best { get; private set; }

    /// <summary>Epochs in a row without progress.</summary>
    public int BadEpochs { get; private set; }

    /// <summary>Forgets what was seen, for a new training.</summary>
    public void Reset() => (Best, BadEpochs, cooldownLeft) = (Mode == MetricMode.Min ? double.PositiveInfinity : double.NegativeInfinity, 0, 0);

    /// <summary>The rate to go on with, after another value of the metric.</summary>
    /// <param name="metric">The metric of the epoch; one that is NaN is not better.</param>
    /// <param name="rate">The rate so far.</param>
    public double Next(double metric, double rate)
    {
        ScheduleRequires.Rate(nameof(ReduceLROnPlateau), rate);
        if (IsBetter(metric))
        {
            Best = metric;
            BadEpochs = 0;
        }
        else
        {
            BadEpochs++;
        }

        if (cooldownLeft > 0)
        {
            cooldownLeft--;
            BadEpochs = 0;
        }

        if (BadEpochs <= patience)
        {
            return rate;
        }

        cooldownLeft = cooldown;
        BadEpochs = 0;
        double lower = Math.Max(rate * factor, minRate);
        return rate - lower > eps ? lower : rate;
    }

    private bool IsBetter(double metric) => (Mode, isRelative) switch
    {
        (MetricMode.Min, true) => metric < Best * (1 - threshold),
        (MetricMode.Min, false) => metric < Best - threshold,
        (_, true) => metric > Best * (1 + threshold),
        _ => metric > Best + threshold,
    };
}
