namespace CourseLib.Charts.Layout;

/// <summary>An axis with its place: maps numbers to pixels and knows its ticks.</summary>
internal sealed class AxisFrame
{
    private readonly double low;
    private readonly double high;

    /// <param name="range">What it covers.</param>
    /// <param name="start">The pixel of the low end.</param>
    /// <param name="end">The pixel of the high end.</param>
    /// <param name="spacing">Pixels that a tick should have for itself.</param>
    public AxisFrame(AxisRange range, double start, double end, double spacing)
    {
        Range = range;
        (Start, End) = range.Reversed ? (end, start) : (start, end);
        (low, high) = range.Log ? (Math.Log10(range.Low), Math.Log10(range.High)) : (range.Low, range.High);
        int most = Math.Max(2, (int)(Math.Abs(end - start) / spacing) + 1);
        Ticks = range.Labels is { } labels ? Thin(labels, most) : range.Log ? Layout.Ticks.Logarithmic(range.Low, range.High, most) : Layout.Ticks.Linear(range.Low, range.High, most);
    }

    public AxisRange Range { get; }

    public double Start { get; }

    public double End { get; }

    public IReadOnlyList<Tick> Ticks { get; }

    /// <summary>Degrees by which tick texts are turned, clockwise as in SVG; plotly.js counts the same way.</summary>
    public int TickAngle { get; init; }

    public bool ShowsTitle { get; init; } = true;

    /// <summary>The range as plotly.js wants it: logarithms on a logarithmic axis, the far end first when reversed.</summary>
    public (double, double) PlotlyRange => Range.Reversed ? (high, low) : (low, high);

    /// <summary>The pixel of a number; NaN for what has no place on the axis.</summary>
    public double Map(double value)
    {
        double place = Range.Log ? (value > 0 ? Math.Log10(value) : double.NaN) : value;
        return double.IsFinite(place) ? Start + ((place - low) / (high - low) * (End - Start)) : double.NaN;
    }

    /// <summary>Whether a number lies within the range.</summary>
    public bool Covers(double value) => value >= Range.Low && value <= Range.High;

    private Tick[] Thin(IReadOnlyList<Tick> labels, int most)
    {
        Tick[] inside = labels.Where(tick => Covers(tick.Value)).ToArray();
        // Labels of categories are all wanted as long as they can be read: they may stand twice as close as numbers, turned if need be.
        int stride = Range.Settings.Ticks is null ? Math.Max(1, (int)Math.Ceiling(inside.Length / (3.0 * most))) : 1;
        return [.. inside.Where((_, i) => i % stride == 0)];
    }
}
