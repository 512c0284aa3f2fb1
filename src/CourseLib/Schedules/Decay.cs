namespace CourseLib.Schedules;

/// <summary>
/// Learning rates that only fall: "сначала большая скорость, затем меньше" (lectures perc, "Learning rate scheduling"; cnn, "Градиентный спуск"; intro, "LR decay").
/// </summary>
/// <remarks>t is the step from 0. <see cref="Cosine"/> falls too, along half a wave.</remarks>
public static class Decay
{
    /// <summary>eta = eta0: does not fall at all.</summary>
    /// <param name="rate">eta0.</param>
    public static Schedule Constant(double rate)
    {
        ScheduleRequires.Rate("Decay.Constant", rate);
        return _ => rate;
    }

    /// <summary>eta = eta0 gamma^floor(t / period): falls by a factor again and again (torch's StepLR).</summary>
    /// <param name="rate">eta0.</param>
    /// <param name="period">Steps between two falls.</param>
    /// <param name="gamma">The factor.</param>
    public static Schedule Step(double rate, int period, double gamma = 0.1)
    {
        ScheduleRequires.Rate("Decay.Step", rate);
        ScheduleRequires.Positive("Decay.Step", period);
        ScheduleRequires.Share("Decay.Step", gamma);
        return step => rate * Math.Pow(gamma, step / period);
    }

    /// <summary>eta = eta0 gamma^k, where k milestones are reached by step t (torch's MultiStepLR).</summary>
    /// <param name="rate">eta0.</param>
    /// <param name="milestones">The first steps of the lower rates, growing.</param>
    /// <param name="gamma">The factor.</param>
    public static Schedule MultiStep(double rate, IReadOnlyList<int> milestones, double gamma = 0.1)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        ScheduleRequires.Rate("Decay.MultiStep", rate);
        ScheduleRequires.Share("Decay.MultiStep", gamma);
        int[] ends = [.. milestones];
        for (int i = 0; i < ends.Length; i++)
        {
            ScheduleRequires.That(ends[i] > (i == 0 ? 0 : ends[i - 1]), "Decay.MultiStep", ends[i], "above 0 and the milestones growing", nameof(milestones));
        }

        return step =>
        {
            int reached = 0;
            while (reached < ends.Length && ends[reached] <= step)
            {
                reached++;
            }

            return rate * Math.Pow(gamma, reached);
        };
    }

    /// <summary>eta = eta0 (1 - t/T), the lectures' linear decay; with an end that is not 0, the straight line to it (torch's LinearLR).</summary>
    /// <remarks>The slides give the law no range: past t = T it is negative and a step climbs. Here the rate stays at its end.</remarks>
    /// <param name="rate">eta0.</param>
    /// <param name="steps">T, in steps.</param>
    /// <param name="end">The rate from step T on.</param>
    public static Schedule Linear(double rate, int steps, double end = 0)
    {
        ScheduleRequires.Rate("Decay.Linear", rate);
        ScheduleRequires.Positive("Decay.Linear", steps);
        ScheduleRequires.Rate("Decay.Linear", end);
        return Polynomial(rate, steps, 1, end);
    }

    /// <summary>eta = end + (eta0 - end) (1 - t/T)^power, and the end from T on (torch's PolynomialLR, whose end is 0).</summary>
    /// <param name="rate">eta0.</param>
    /// <param name="steps">T, in steps.</param>
    /// <param name="power">1 is linear; above, the rate falls early.</param>
    /// <param name="end">The rate from step T on.</param>
    public static Schedule Polynomial(double rate, int steps, double power = 2, double end = 0)
    {
        ScheduleRequires.Rate("Decay.Polynomial", rate);
        ScheduleRequires.Positive("Decay.Polynomial", steps);
        ScheduleRequires.Positive("Decay.Polynomial", power);
        ScheduleRequires.Rate("Decay.Polynomial", end);
        return step => end + ((rate - end) * Math.Pow(1 - ((double)Math.Min(step, steps) / steps), power));
    }

    /// <summary>eta = eta0 e^(-t/T), the lectures' exponential decay; <see cref="Geometric"/> is the same law with gamma = e^(-1/T).</summary>
    /// <param name="rate">eta0.</param>
    /// <param name="time">T: the steps in which the rate falls to 1/e.</param>
    public static Schedule Exponential(double rate, double time)
    {
        ScheduleRequires.Rate("Decay.Exponential", rate);
        ScheduleRequires.Positive("Decay.Exponential", time);
        return step => rate * Math.Exp(-step / time);
    }

    /// <summary>eta = eta0 gamma^t (torch's ExponentialLR).</summary>
    /// <param name="rate">eta0.</param>
    /// <param name="gamma">The factor of one step; above 1 the rate grows, as in a <c>RateRangeTest</c>.</param>
    public static Schedule Geometric(double rate, double gamma)
    {
        ScheduleRequires.Rate("Decay.Geometric", rate);
        ScheduleRequires.Positive("Decay.Geometric", gamma);
        return step => rate * Math.Pow(gamma, step);
    }

    /// <summary>eta = eta0 / (1 + t/T)^power: falls slowly, so that the sum of the rates diverges up to power 1 (lecture cnn, "Скорость обучения лучше не уменьшать слишком быстро").</summary>
    /// <param name="rate">eta0.</param>
    /// <param name="time">T, in steps.</param>
    /// <param name="power">1 is inverse time, 1/2 the inverse square root.</param>
    public static Schedule Inverse(double rate, double time = 1, double power = 1)
    {
        ScheduleRequires.Rate("Decay.Inverse", rate);
        ScheduleRequires.Positive("Decay.Inverse", time);
        ScheduleRequires.Positive("Decay.Inverse", power);
        return step => rate / Math.Pow(1 + (step / time), power);
    }

    /// <summary>eta = eta0 / sqrt(1 + t/T), whose bound for convex problems is the best up to a logarithm when the number of steps is not known (lecture cnn).</summary>
    /// <param name="rate">eta0.</param>
    /// <param name="time">T, in steps.</param>
    public static Schedule InverseSquareRoot(double rate, double time = 1) => Inverse(rate, time, 0.5);
}
