using CourseLib.Kernels;
using CourseLib.Schedules;

namespace CourseLib.Training;

/// <summary>
/// Ends a training when the quality on a held-out set stops getting better, and puts back the best weights (ранняя остановка; lecture perc, "Early stopping":
/// "параллельно с тренировкой регулярно проверяем качество на отложенном сете, если ухудшается останавливаемся … в некотором смысле эквивалентен L2").
/// </summary>
/// <remarks>
/// <para><c>new Trainer(…) { EarlyStopping = new EarlyStopping(patience: 5) }</c>, and <c>Fit</c> with a validation set. In a loop of one's own: <see cref="Observe"/> after each epoch, and
/// <c>model.CopyState()</c> when it says that the epoch is the best so far.</para>
/// <para>With a schedule whose rate rises (one-cycle, warm restarts) the validation worsens for a while by design: give it patience for that.</para>
/// <para>In what sense like L2: on a quadratic loss, t steps of gradient descent with rate η from 0 leave of the coefficient along an eigenvector with eigenvalue s the share 1 - (1 - η s)^t,
/// and ridge regression with λ/2 Σw² leaves s / (s + λ); with λ = 1/(η t) the two agree for large and for small s.</para>
/// </remarks>
public sealed class EarlyStopping
{
    private readonly double minDelta;

    /// <param name="patience">Training ends after so many epochs in a row that are no better than the best. (<see cref="ReduceLROnPlateau"/>, as torch's, acts one epoch later for the same number.)</param>
    /// <param name="minDelta">How much better than the best counts as better, in units of the metric.</param>
    /// <param name="mode">Watch the validation loss fall or the validation accuracy grow.</param>
    /// <param name="restoreBest">Whether the model goes back to its best epoch when the training ends, in whatever way but by an exception; parameters and buffers, such as running means, not the optimizer's state.</param>
    /// <exception cref="ArgumentOutOfRangeException">The patience is under 1, or the difference negative or not finite.</exception>
    public EarlyStopping(int patience = 5, double minDelta = 0, MetricMode mode = MetricMode.Min, bool restoreBest = true)
    {
        Requires.AtLeast(nameof(EarlyStopping), nameof(patience), patience, 1);
        if (!(minDelta >= 0 && double.IsFinite(minDelta)))
        {
            throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, FormattableString.Invariant($"EarlyStopping: expected minDelta to be a finite number from 0 on, got {minDelta}."));
        }

        Patience = patience;
        this.minDelta = minDelta;
        Mode = mode;
        RestoreBest = restoreBest;
        Reset();
    }

    /// <summary>How many epochs in a row without progress end the training.</summary>
    public int Patience { get; }

    /// <summary>Which way the metric gets better.</summary>
    public MetricMode Mode { get; }

    /// <summary>Whether the best weights are put back.</summary>
    public bool RestoreBest { get; }

    /// <summary>The best metric so far; infinite before the first.</summary>
    public double Best { get; private set; }

    /// <summary>The epoch of the best metric, from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Epochs seen.</summary>
    public int Epochs { get; private set; }

    /// <summary>Whether it is time to stop: the best is <see cref="Patience"/> epochs ago.</summary>
    public bool ShouldStop => Epochs - BestEpoch >= Patience;

    /// <summary>Forgets what was seen, for a new training.</summary>
    public void Reset() => (Best, BestEpoch, Epochs) = (Mode == MetricMode.Min ? double.PositiveInfinity : double.NegativeInfinity, 0, 0);

    /// <summary>Takes the metric of another epoch; one that is NaN is not better.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public bool Observe(double metric)
    {
        Epochs++;
        bool isBetter = Mode == MetricMode.Min ? metric < Best - minDelta : metric > Best + minDelta;
        if (isBetter)
        {
            (Best, BestEpoch) = (metric, Epochs);
        }

        return isBetter;
    }
}
