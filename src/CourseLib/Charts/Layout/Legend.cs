namespace CourseLib.Charts.Layout;

/// <summary>The names of the series, one on a line, at the right of the panels or, when names are long, under them.</summary>
internal sealed record Legend(IReadOnlyList<Series> Entries, Box Place, bool Below)
{
    public const double FontSize = 12;
    public const double LineHeight = 19;
    public const double SampleWidth = 30;
    private const double Padding = 10;
    private const double LongestBeside = 210;

    /// <summary>A legend of the size it needs, at no place yet; empty for fewer than one name.</summary>
    public static Legend Measure(IEnumerable<Series> series)
    {
        Series[] entries = series.Where(s => s.InLegend).ToArray();
        double longest = TextMetrics.Widest(entries.Select(s => s.Trace.Name), FontSize);
        double width = entries.Length == 0 ? 0 : SampleWidth + 10 + longest + Padding;
        return new Legend(entries, new Box(0, 0, width, entries.Length * LineHeight), longest > LongestBeside);
    }
}
