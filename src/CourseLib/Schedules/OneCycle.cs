namespace CourseLib.Schedules;

/// <summary>
/// One long cycle over the whole training: up to a rate that would be too large to stay at, and down to one far below the start (Smith and Topin 2017,
/// "Super-Convergence"; lecture cnn, "Super-Convergence и amsgrad", which doubts that it reproduces). Momentum goes the other way. torch's OneCycleLR.
/// </summary>
/// <remarks>
/// Two phases, up and down to the end, are torch's default (and fastai's); the paper has three: up, down as long to where it began, then a short rest in which the
/// rate falls by orders of magnitude. Phases end where torch has them, at steps pctStart T - 1, with three phases also 2 pctStart T - 2, and T - 1;
/// an end need not be a whole step, the top then lies between two. Past the end the schedule stays where it ended.
/// </remarks>
public static class OneCycle
{
    /// <summary>The rate of each step: from max/div up to max, then down to max/(div finalDiv).</summary>
    /// <param name="max">The rate at the top.</param>
    /// <param name="steps">T: the steps of the whole training.</param>
    /// <param name="pctStart">The share of the steps that goes up.</param>
    /// <param name="div">The first rate is max/div.</param>
    /// <param name="finalDiv">The last rate is the first one divided by this.</param>
    /// <param name="threePhase">Whether the way down ends at the first rate after as many steps, as in the paper, and a third phase goes to the last rate.</param>
    /// <param name="linear">Straight lines, as in the paper, instead of half cosine waves.</param>
    public static Schedule Rate(double max, int steps, double pctStart = 0.3, double div = 25, double finalDiv = 1e4, bool threePhase = false, bool linear = false)
    {
        ScheduleRequires.Rate("OneCycle.Rate", max);
        ScheduleRequires.Positive("OneCycle.Rate", div);
        ScheduleRequires.Positive("OneCycle.Rate", finalDiv);
        double first = max / div;
        return Make("OneCycle.Rate", steps, pctStart, threePhase, linear, threePhase ? [first, max, first, first / finalDiv] : [first, max, first / finalDiv]);
    }

    /// <summary>The momentum that belongs to it: lowest where the rate is highest, so that their product stays moderate.</summary>
    /// <param name="steps">T: the steps of the whole training.</param>
    /// <param name="high">The momentum at both ends.</param>
    /// <param name="low">The momentum at the top of the rate.</param>
    /// <param name="pctStart">As for <see cref="Rate"/>.</param>
    /// <param name="threePhase">As for <see cref="Rate"/>; in the third phase the momentum stays high.</param>
    /// <param name="linear">As for <see cref="Rate"/>.</param>
    public static Schedule Momentum(int steps, double high = 0.95, double low = 0.85, double pctStart = 0.3, bool threePhase = false, bool linear = false)
    {
        ScheduleRequires.Rate("OneCycle.Momentum", high);
        ScheduleRequires.Rate("OneCycle.Momentum", low);
        return Make("OneCycle.Momentum", steps, pctStart, threePhase, linear, threePhase ? [high, low, high, high] : [high, low, high]);
    }

    private static Schedule Make(string name, int steps, double pctStart, bool threePhase, bool linear, double[] values)
    {
        ScheduleRequires.Positive(name, steps);
        string range = threePhase ? "above 0 and under 1/2" : "above 0 and under 1";
        ScheduleRequires.That(pctStart > 0 && pctStart < (threePhase ? 0.5 : 1), name, pctStart, range);
        double up = (pctStart * steps) - 1;
        ScheduleRequires.That(up > 0 && steps > 2, name, steps, FormattableString.Invariant($"at least {Math.Max(3, (int)(1 / pctStart) + 1)}, so that there is a way up"));
        double[] ends = threePhase ? [0, up, 2 * up, steps - 1] : [0, up, steps - 1];
        return step =>
        {
            int phase = 1;
            while (phase < ends.Length - 1 && step > ends[phase])
            {
                phase++;
            }

            double share = Math.Min(1, (step - ends[phase - 1]) / (ends[phase] - ends[phase - 1]));
            return linear
                ? values[phase - 1] + ((values[phase] - values[phase - 1]) * share)
                : Cosine.Between(values[phase - 1], values[phase], share);
        };
    }
}
