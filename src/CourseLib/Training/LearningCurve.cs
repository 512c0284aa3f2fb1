using CourseLib.Display;
using CourseLib.Kernels;

namespace CourseLib.Training;

/// <summary>Names the disease of a learning curve (lecture intro, "Интерпретация learning curve").</summary>
/// <remarks>
/// <para>Losses are measured on the way from the start to the loss that can be reached. The first rule that holds gives the name:</para>
/// <list type="number">
/// <item>Diverged: a loss is not finite, or the end lies half of that way or more above the start.</item>
/// <item>TooShort: fewer than 5 points.</item>
/// <item>RateTooHigh: more than a tenth of the way is left, the points of the second half change by 3% of the way or more on average, and 35% of that is upwards; or a point lies at 1.5
/// times the start or more and more than 35% of the way is left.</item>
/// <item>Overfitting: the validation loss ends 10% or more above its least (and 5% of the way), while the training loss has fallen since; or the training loss has 35% of the way left at most and the validation loss
/// lies 30% of the way above it.</item>
/// <item>Good: 35% of the way is left at most.</item>
/// <item>With less than a tenth of the way behind - RateTooLow where four of five changes are falls, else Plateau.</item>
/// <item>RateTooLow, StillFalling or Underfitting: the last third brought 20% of the fall or more, 5% or more, less. (A pure decay with more than 35% left has at least 22%.)</item>
/// </list>
/// <para>The start of a run is the mean of its first epoch, or the median of its first three steps if that is larger; where one of them was thrown up, to 1.5 times the first step and three deviations of the late steps (median ones, times 1.4826 as for normal noise), that first step; then the rise counts as a point, too.</para>
/// <para>A curve cannot say everything: a rate too low and a saturated network may look alike, and so do noisy labels and a model too small. The numbers are there to be argued with.</para>
/// </remarks>
public static class LearningCurve
{
    private const int FewestPoints = 5;

    /// <summary>Names the learning curve of a run. With fewer than six epochs its steps are taken together into twelve points, without validation.</summary>
    /// <param name="history">The run; also that of a <see cref="TrainingDivergedException"/>.</param>
    /// <param name="reachable">The loss that can be reached: the noise of the targets, or a person's; 0 unless known.</param>
    public static LearningCurveDiagnosis Diagnose(History history, double reachable = 0)
    {
        ArgumentNullException.ThrowIfNull(history);
        double[] steps = [.. history.StepLosses.Select(loss => (double)loss)];
        int broken = Array.FindIndex(steps, loss => !double.IsFinite(loss));
        if (broken >= 0)
        {
            return Named(LearningCurveVerdict.Diverged, Text($"the loss is {steps[broken]} at step {broken + 1}; try a smaller rate, gradient clipping, or another initialization"), steps[0], steps[broken]);
        }

        bool byEpochs = history.Epochs.Count > FewestPoints;
        double[] train = byEpochs ? [.. history.TrainLoss] : Together(steps, 12);
        double[] validation = byEpochs ? [.. history.ValidationLoss] : [];
        if (train.Length < FewestPoints)
        {
            return Diagnose(train, validation, reachable: reachable);
        }

        (double start, double thrownTo) = Start(steps, train[0]);
        return Examine(train, validation, start, thrownTo, reachable);
    }

    /// <summary>Names a learning curve.</summary>
    /// <param name="train">Training losses, epoch by epoch.</param>
    /// <param name="validation">Validation losses after the same epochs; null, empty or NaN without.</param>
    /// <param name="start">The loss of the first steps; the first point when null.</param>
    /// <param name="reachable">The loss that can be reached.</param>
    /// <exception cref="ArgumentException">There is neither no validation nor one for each point.</exception>
    public static LearningCurveDiagnosis Diagnose(IReadOnlyList<double> train, IReadOnlyList<double>? validation = null, double? start = null, double reachable = 0)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (validation is { Count: > 0 } && validation.Count != train.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"LearningCurve: expected a validation loss for each of {train.Count} points, got {validation.Count}."), nameof(validation));
        }

        int broken = Array.FindIndex([.. train], loss => !double.IsFinite(loss));
        if (broken >= 0)
        {
            return Named(LearningCurveVerdict.Diverged, Text($"the loss is {train[broken]} at point {broken + 1}; try a smaller rate, gradient clipping, or another initialization"), train[0], train[broken]);
        }

        return train.Count < FewestPoints
            ? Named(LearningCurveVerdict.TooShort, Text($"{train.Count} points are too few, {FewestPoints} are the least"), train.Count > 0 ? train[0] : double.NaN, train.Count > 0 ? train[^1] : double.NaN)
            : Examine(train, validation, start ?? train[0], double.NegativeInfinity, reachable);
    }

    private static LearningCurveDiagnosis Examine(IReadOnlyList<double> train, IReadOnlyList<double>? validation, double start, double thrownTo, double reachable) =>
        new Curve([.. train], validation is { Count: > 0 } && validation.All(double.IsFinite) ? [.. validation] : [], start, thrownTo, reachable).Diagnose();

    private static (double Start, double ThrownTo) Start(double[] steps, double firstPoint)
    {
        // By medians: at a rate that throws the loss up, late steps leap as well, and a mean of squares would take the leaps for the noise of batches.
        double[] late = steps[(steps.Length * 3 / 4)..];
        double middle = Vectors.Median(late);
        double deviation = 1.4826 * Vectors.Median([.. late.Select(loss => Math.Abs(loss - middle))]);
        double early = Math.Max(firstPoint, steps.Take(3).Order().ElementAt(Math.Min(1, steps.Length - 1)));
        bool thrownUp = early > (1.5 * steps[0]) + (3 * deviation);
        return thrownUp ? (steps[0], early) : (early, double.NegativeInfinity);
    }

    /// <summary>Means of consecutive steps, in as many points as asked for; the steps themselves where they are fewer.</summary>
    private static double[] Together(double[] steps, int points) => steps.Length <= points
        ? steps
        : [.. Enumerable.Range(0, points).Select(i => steps[(i * steps.Length / points)..((i + 1) * steps.Length / points)].Average())];

    private static LearningCurveDiagnosis Named(LearningCurveVerdict verdict, string why, double start, double end) =>
        new(verdict, why, start, end, double.NaN, double.NaN, double.NaN, -1, double.NaN, double.NaN);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>The measurements of one curve.</summary>
    private sealed class Curve
    {
        private readonly double[] train;
        private readonly double start;
        private readonly double peak;
        private readonly double scale;
        private readonly double end;
        private readonly double fallen;
        private readonly double lateShare;
        private readonly double bounce;
        private readonly double rising;
        private readonly double falls;
        private readonly int best = -1;
        private readonly double bestValidation = double.NaN;
        private readonly double endValidation = double.NaN;

        internal Curve(double[] train, double[] validation, double start, double thrownTo, double reachable)
        {
            (this.train, this.start, peak) = (train, start, Math.Max(train.Max(), thrownTo));
            int quarter = Math.Max(1, train.Length / 4);
            scale = Math.Max(start - reachable, 1e-12 * Math.Abs(start));
            end = train[^quarter..].Average();
            fallen = (start - end) / scale;

            int window = Math.Max(1, train.Length / 10);
            int turn = train.Length - (train.Length / 3);
            double last = train[^window..].Average();
            double before = train[(turn - window)..turn].Average();
            lateShare = start > last ? (before - last) / (start - last) : 0;

            double[] changes = [.. train.Zip(train.Skip(1), (a, b) => b - a)];
            double[] late = changes[(changes.Length / 2)..];
            bounce = late.Average(Math.Abs) / scale;
            rising = late.Sum(Math.Abs) == 0 ? 0 : late.Where(change => change > 0).Sum() / late.Sum(Math.Abs);
            falls = (double)changes.Count(change => change < 0) / changes.Length;
            if (validation.Length > 0)
            {
                bestValidation = validation.Min();
                best = Array.IndexOf(validation, bestValidation);
                endValidation = validation[^quarter..].Average();
            }
        }

        private double Left => 1 - fallen;

        internal LearningCurveDiagnosis Diagnose()
        {
            (LearningCurveVerdict verdict, string why) = Name();
            return new LearningCurveDiagnosis(verdict, why, start, end, fallen, lateShare, bounce, best, bestValidation, endValidation);
        }

        private (LearningCurveVerdict Verdict, string Why) Name()
        {
            if (end - start >= 0.5 * scale)
            {
                return (LearningCurveVerdict.Diverged, Text($"the training loss rose from {N(start)} to {N(end)}; try a smaller rate, gradient clipping, or another initialization"));
            }

            if (Left > 0.1 && bounce >= 0.03 && rising >= 0.35)
            {
                return (LearningCurveVerdict.RateTooHigh, Text($"in its second half the training loss changes by {N(100 * bounce)}% of its scale from point to point and {N(100 * rising)}% of that is upwards; try a smaller rate or larger batches"));
            }

            if (peak >= 1.5 * start && Left > 0.35)
            {
                return (LearningCurveVerdict.RateTooHigh, Text($"the loss was thrown from {N(start)} up to {N(peak)}, and it ended at {N(end)}; try a smaller rate or a warm-up"));
            }

            if (best >= 0 && endValidation - bestValidation >= Math.Max(0.1 * Math.Abs(bestValidation), 0.05 * scale) && end < train[best])
            {
                return (LearningCurveVerdict.Overfitting, Text($"the validation loss was least, {N(bestValidation)}, at point {best + 1} of {train.Length} and ended at {N(endValidation)}, while the training loss fell from {N(train[best])} to {N(end)}; try more data, regularization, or an earlier stop"));
            }

            if (best >= 0 && Left <= 0.35 && endValidation - end >= 0.3 * scale)
            {
                return (LearningCurveVerdict.Overfitting, Text($"the validation loss ended at {N(endValidation)}, far above the training loss of {N(end)}; try more data or regularization"));
            }

            if (Left <= 0.35)
            {
                string validated = best >= 0 ? Text($", and the validation loss is {N(endValidation)}") : "; a validation set would tell whether that holds for new data";
                return (LearningCurveVerdict.Good, Text($"the training loss fell from {N(start)} to {N(end)}{validated}"));
            }

            if (fallen < 0.1)
            {
                return falls >= 0.8
                    ? (LearningCurveVerdict.RateTooLow, Text($"the training loss fell steadily but only from {N(start)} to {N(end)}; try a larger rate"))
                    : (LearningCurveVerdict.Plateau, Text($"the training loss stands at {N(end)}, where it began ({N(start)}); try another initialization or activation, and look at the gradients and the labels"));
            }

            string way = Text($"the training loss went from {N(start)} to {N(end)}, and the last third brought {N(100 * lateShare)}% of that");
            return lateShare switch
            {
                >= 0.2 => (LearningCurveVerdict.RateTooLow, $"{way}, nearly as much as the first; try a larger rate or more epochs"),
                >= 0.05 => (LearningCurveVerdict.StillFalling, $"{way}; train on"),
                _ => (LearningCurveVerdict.Underfitting, $"{way}: it has come to rest there{(best >= 0 ? Text($", the validation loss at {N(endValidation)}") : "")}; try a larger model, better inputs or less regularization"),
            };
        }

        private static string N(double value) => Readable.Number(value, 3);
    }
}
