namespace CourseLib.Schedules;

/// <summary>
/// Rates that go up and down between two bounds along straight lines (Smith 2015, "Cyclical Learning Rates for Training Neural Networks"; lecture perc,
/// "Learning rate scheduling", which links it): a rise of a while pays, though the loss may grow meanwhile. torch's CyclicLR.
/// </summary>
/// <remarks>The bounds are what a <c>RateRangeTest</c> measures; Smith takes half a cycle of 2 to 10 epochs.</remarks>
public static class Cyclical
{
    /// <summary>The same triangle in every cycle: Smith's "triangular".</summary>
    /// <param name="low">The rate at the ends of a cycle.</param>
    /// <param name="high">The rate at its top.</param>
    /// <param name="up">Steps from the low to the high rate.</param>
    /// <param name="down">Steps back; as many as up when null.</param>
    public static Schedule Triangular(double low, double high, int up, int? down = null) =>
        Make("Cyclical.Triangular", low, high, up, down ?? up, (_, _) => 1);

    /// <summary>Triangles whose height halves from cycle to cycle: Smith's "triangular2".</summary>
    /// <inheritdoc cref="Triangular"/>
    public static Schedule Triangular2(double low, double high, int up, int? down = null) =>
        Make("Cyclical.Triangular2", low, high, up, down ?? up, (cycle, _) => Math.Pow(0.5, cycle));

    /// <summary>Triangles whose height falls by a factor in each step: Smith's "exp_range".</summary>
    /// <inheritdoc cref="Triangular"/>
    /// <param name="low">The rate at the ends of a cycle.</param>
    /// <param name="high">The rate at its top, would the height not fall.</param>
    /// <param name="up">Steps from the low to the high rate.</param>
    /// <param name="gamma">The factor of the height in one step.</param>
    /// <param name="down">Steps back; as many as up when null.</param>
    public static Schedule ExponentialRange(double low, double high, int up, double gamma, int? down = null)
    {
        ScheduleRequires.Share("Cyclical.ExponentialRange", gamma);
        return Make("Cyclical.ExponentialRange", low, high, up, down ?? up, (_, step) => Math.Pow(gamma, step));
    }

    private static Schedule Make(string name, double low, double high, int up, int down, Func<int, int, double> height)
    {
        ScheduleRequires.Rate(name, low);
        ScheduleRequires.Rate(name, high);
        ScheduleRequires.That(high >= low, name, high, FormattableString.Invariant($"at least the low rate {low}"));
        ScheduleRequires.Positive(name, up);
        ScheduleRequires.Positive(name, down);
        int period = checked(up + down);
        return step =>
        {
            int position = step % period;
            double share = position <= up ? (double)position / up : (double)(period - position) / down;
            return low + ((high - low) * share * height(step / period, step));
        };
    }
}
