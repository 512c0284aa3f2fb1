namespace CourseLib.Schedules;

/// <summary>Schedules made of schedules: warm-up before any, one after the other, scaled, by epochs; and their values for a chart.</summary>
public static class ScheduleComposition
{
    /// <summary>
    /// Warm-up (lecture intro, "Warmup"; Goyal et al. 2017): the rate grows along a straight line from a small share of the schedule's first rate to all of
    /// it, and then the schedule begins, from its own step 0.
    /// </summary>
    /// <remarks>
    /// torch: SequentialLR of a LinearLR, whose start factor is 1/3 unless said otherwise. The schedule's clock starts after the warm-up: to end a training of T steps with it, make
    /// it T - steps long.
    /// </remarks>
    /// <param name="schedule">What follows.</param>
    /// <param name="steps">The steps of the warm-up.</param>
    /// <param name="startFactor">The share of the first rate to begin with; at 0 the first step moves nothing.</param>
    public static Schedule WithWarmup(this Schedule schedule, int steps, double startFactor = 0.01)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ScheduleRequires.Positive(nameof(WithWarmup), steps);
        ScheduleRequires.Share(nameof(WithWarmup), startFactor);
        return new Schedule(step => schedule(0) * (startFactor + ((1 - startFactor) * step / steps))).Then(schedule, steps);
    }

    /// <summary>This schedule before a step, and from then on another one, which begins at its own step 0 (torch's SequentialLR).</summary>
    /// <param name="schedule">What comes first.</param>
    /// <param name="next">What follows.</param>
    /// <param name="at">The step where <paramref name="next"/> begins.</param>
    public static Schedule Then(this Schedule schedule, Schedule next, int at)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(next);
        ScheduleRequires.Positive(nameof(Then), at);
        return step => step < at ? schedule(step) : next(step - at);
    }

    /// <summary>The schedule times a factor.</summary>
    /// <param name="schedule">What to scale.</param>
    /// <param name="factor">From 0 on.</param>
    public static Schedule Scaled(this Schedule schedule, double factor)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ScheduleRequires.Rate(nameof(Scaled), factor);
        return step => factor * schedule(step);
    }

    /// <summary>A schedule over epochs as one over steps: it changes after each epoch. <c>Trainer.EpochSchedule</c> does it by itself.</summary>
    /// <param name="schedule">Over epochs, from 0.</param>
    /// <param name="stepsPerEpoch">Steps in an epoch: <c>train.Batches(batchSize).Count</c>.</param>
    public static Schedule PerEpoch(this Schedule schedule, int stepsPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ScheduleRequires.Positive(nameof(PerEpoch), stepsPerEpoch);
        return step => schedule(step / stepsPerEpoch);
    }

    /// <summary>The rates of the steps 0, 1, … for a chart.</summary>
    /// <param name="schedule">Which.</param>
    /// <param name="steps">How many steps.</param>
    public static double[] Rates(this Schedule schedule, int steps)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ScheduleRequires.That(steps >= 0, nameof(Rates), steps, "from 0 on");
        double[] rates = new double[steps];
        for (int step = 0; step < steps; step++)
        {
            rates[step] = schedule(step);
        }

        return rates;
    }
}
