namespace CourseLib.Charts.Layout;

/// <summary>What an axis covers, before it has a length in pixels.</summary>
internal sealed record AxisRange(AxisSettings Settings, double Low, double High, IReadOnlyList<Tick>? Labels, bool Reversed)
{
    private const double Air = 0.04;

    // Beyond this, differences of two numbers overflow.
    private const double Largest = 1e300;

    public bool Log => Settings.Log;

    public static AxisRange Decide(AxisSettings settings, Extent extent, IReadOnlyList<Tick>? labels, bool reversed)
    {
        (double low, double high) = settings.Log ? LogRange(extent) : LinearRange(extent);
        low = settings.Min ?? low;
        high = settings.Max ?? high;
        if (!(low < high))
        {
            // One given end lies beyond all data: keep it, and show something on its other side.
            double room = settings.Log ? 10 : Math.Max(1, Math.Abs(low));
            (low, high) = settings.Min is not null ? (low, settings.Log ? low * room : low + room) : (settings.Log ? high / room : high - room, high);
        }

        return new AxisRange(settings, low, high, settings.Ticks?.Select(tick => new Tick(tick.Value, tick.Text)).ToArray() ?? labels, reversed);
    }

    private static (double, double) LinearRange(Extent extent)
    {
        if (extent.IsEmpty)
        {
            return (0, 1);
        }

        (double low, double high) = (Math.Clamp(extent.Low, -Largest, Largest), Math.Clamp(extent.High, -Largest, Largest));
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            double half = low == 0 ? 1 : Math.Abs(low) * 0.1;
            return (extent.PadLow ? low - half : Math.Min(low, 0), high + half);
        }

        double air = (high - low) * Air;
        // Air must not suggest values below zero where there are none.
        double padded = extent.PadLow ? (low > 0 && low < air ? 0 : low - air) : low;
        return (padded, extent.PadHigh ? high + air : high);
    }

    private static (double, double) LogRange(Extent extent)
    {
        if (extent.IsEmpty)
        {
            return (0.1, 10);
        }

        (double low, double high) = (Math.Log10(extent.Low), Math.Log10(extent.High));
        if (high - low < 0.05)
        {
            return (Math.Pow(10, low - 0.3), Math.Pow(10, high + 0.3));
        }

        double air = (high - low) * Air;
        return (Math.Max(Math.Pow(10, extent.PadLow ? low - air : low), 1e-320), Math.Min(Math.Pow(10, extent.PadHigh ? high + air : high), 1e308));
    }
}
