namespace CourseLib.Schedules;

/// <summary>
/// Rates that fall along half a cosine wave, once or with warm restarts: eta = end + (eta0 - end) (1 + cos(pi t/T)) / 2 (SGDR, Loshchilov and Hutter 2017;
/// lecture cnn, "Adam, AdamW и другие животные": a schedule multiplier "can be used for warm restarts").
/// </summary>
public static class Cosine
{
    /// <summary>One fall from the rate to the end in T steps, then the end (torch's CosineAnnealingLR, which climbs again past T).</summary>
    /// <param name="rate">eta0.</param>
    /// <param name="steps">T, in steps.</param>
    /// <param name="end">The rate from step T on.</param>
    public static Schedule Annealing(double rate, int steps, double end = 0)
    {
        ScheduleRequires.Rate("Cosine.Annealing", rate);
        ScheduleRequires.Positive("Cosine.Annealing", steps);
        ScheduleRequires.Rate("Cosine.Annealing", end);
        return step => Between(rate, end, (double)Math.Min(step, steps) / steps);
    }

    /// <summary>Falls again and again; each fall begins at the rate and takes <paramref name="multiplier"/> times as long as the one before (torch's CosineAnnealingWarmRestarts).</summary>
    /// <param name="rate">eta0, where every fall begins.</param>
    /// <param name="steps">T0: the steps of the first fall.</param>
    /// <param name="multiplier">By how much longer each fall is than the one before.</param>
    /// <param name="end">What the rate falls to; the restart comes just before it is reached.</param>
    public static Schedule WarmRestarts(double rate, int steps, int multiplier = 1, double end = 0)
    {
        ScheduleRequires.Rate("Cosine.WarmRestarts", rate);
        ScheduleRequires.Positive("Cosine.WarmRestarts", steps);
        ScheduleRequires.Positive("Cosine.WarmRestarts", multiplier);
        ScheduleRequires.Rate("Cosine.WarmRestarts", end);
        return step =>
        {
            long period = steps;
            long position = step;
            if (multiplier == 1)
            {
                position %= period;
            }

            for (; position >= period; period *= multiplier)
            {
                position -= period;
            }

            return Between(rate, end, (double)position / period);
        };
    }

    /// <summary>From one value (share 0) to another (share 1) along half a cosine wave: flat at both ends.</summary>
    internal static double Between(double start, double end, double share) => end + ((start - end) * (1 + Math.Cos(Math.PI * share)) / 2);
}
