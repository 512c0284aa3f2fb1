using CourseLib.Charts.Layout;

namespace CourseLib.Charts.Traces;

/// <summary>
/// The levels of a contour chart, and the scale on which they are 0, 1, 2…: between two levels linear, or logarithmic where the levels are.
/// </summary>
internal sealed class Levels
{
    // Far below the first and above the last level nothing is drawn: a bound keeps interpolation beside such points sane.
    private const double Beyond = 3;

    // Round numbers of about equal ratios, from one to nine in a decade.
    private static readonly double[][] Multiples = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.2, 1.5, 2, 2.5, 3, 4, 6, 8]];

    private readonly double[] values;
    private readonly bool log;

    private Levels(double[] values, bool log)
    {
        this.values = values;
        this.log = log;
    }

    public static Levels None { get; } = new([], log: false);

    public int Count => values.Length;

    /// <summary>A tick for each level, or for every other one and so on where there are many.</summary>
    public IReadOnlyList<Tick> Ticks
    {
        get
        {
            int stride = Math.Max(1, (int)Math.Ceiling(Count / 9.0));
            return [.. values.Select((value, i) => new Tick(i, Display.Readable.Number(value, 3))).Where((_, i) => i % stride == 0)];
        }
    }

    public static Levels Choose(Values2D z, Values given, int count, bool log)
    {
        if (given.Count > 0)
        {
            return given.Zip(given.Skip(1)).All(pair => pair.First < pair.Second) && given.All(v => double.IsFinite(v) && (!log || v > 0))
                ? new Levels(given.Items, log)
                : throw new ArgumentException("Chart.Contour: expected finite levels, each greater than the one before, positive when logarithmic");
        }

        Extent extent = Extent.Of(z.Items, log);
        if (extent.IsEmpty || !(extent.High > extent.Low))
        {
            return new Levels([extent.IsEmpty ? 1 : extent.Low], log);
        }

        if (log)
        {
            // A minimum of nearly 0 must not spend all levels on its last digits.
            double low = Math.Max(extent.Low, extent.High * 1e-6);
            double[] nearest = Multiples.Select(m => Decades(m, low, extent.High)).MinBy(levels => Math.Abs(levels.Length - count))!;
            return new Levels(nearest.Length >= 2 ? nearest : [.. Enumerable.Range(1, count).Select(i => low * Math.Pow(extent.High / low, i / (count + 1.0)))], log);
        }

        double[] round = [.. Layout.Ticks.Linear(extent.Low, extent.High, count + 1).Select(tick => tick.Value).Where(v => v > extent.Low && v < extent.High)];
        return new Levels(round.Length > 0 ? round : [(extent.Low + extent.High) / 2], log);
    }

    /// <summary>Where a value stands among the levels: 2.5 is halfway between the third and the fourth.</summary>
    public double Index(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.NaN;
        }

        if (log && value <= 0)
        {
            return -Beyond;
        }

        if (Count == 1)
        {
            return Math.Sign(value - values[0]);
        }

        int found = Array.BinarySearch(values, value);
        if (found >= 0)
        {
            return found;
        }

        int below = Math.Clamp(~found - 1, 0, Count - 2);
        (double low, double high) = (Scale(values[below]), Scale(values[below + 1]));
        return Math.Clamp(below + ((Scale(value) - low) / (high - low)), -Beyond, Count - 1 + Beyond);
    }

    private static double[] Decades(double[] multiples, double low, double high) =>
    [
        .. Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)) - (int)Math.Floor(Math.Log10(low)) + 1)
            .SelectMany(e => multiples.Select(m => e >= 0 ? m * Math.Pow(10, e) : m / Math.Pow(10, -e))).Where(level => level > low && level < high),
    ];

    private double Scale(double value) => log ? Math.Log10(value) : value;
}
