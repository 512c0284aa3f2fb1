namespace CourseLib.Charts.Layout;

/// <summary>The numbers that something covers on an axis, and at which ends the axis may add air.</summary>
internal readonly record struct Extent(double Low, double High, bool PadLow = true, bool PadHigh = true)
{
    public static Extent None { get; } = new(double.PositiveInfinity, double.NegativeInfinity);

    public bool IsEmpty => !(Low <= High);

    /// <summary>The extent of all finite numbers; on a logarithmic axis of the positive ones.</summary>
    public static Extent Of(IEnumerable<double> values, bool log)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsFinite(value) && (!log || value > 0))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        return new Extent(low, high);
    }

    /// <summary>Covers both; each end keeps the air of whoever reaches it.</summary>
    public Extent Union(Extent other) => other.IsEmpty ? this : IsEmpty ? other : new Extent(
        Math.Min(Low, other.Low),
        Math.Max(High, other.High),
        Low < other.Low ? PadLow : Low > other.Low ? other.PadLow : PadLow && other.PadLow,
        High > other.High ? PadHigh : High < other.High ? other.PadHigh : PadHigh && other.PadHigh);
}
