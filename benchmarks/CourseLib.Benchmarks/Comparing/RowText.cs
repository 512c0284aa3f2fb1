using System.Globalization;

namespace CourseLib.Benchmarks.Comparing;

/// <summary>How a row reads: the same words in the terminal's table and in the results file.</summary>
internal static class RowText
{
    /// <summary>The headings of <see cref="Cells"/>.</summary>
    public static readonly string[] Headings = ["work", "threads", "ours, us", "peer", "peer, us", "ratio", "rounds", "goal"];

    /// <summary>The same for <see cref="MarkdownTable"/>: work, peer and goal are texts.</summary>
    public static readonly string[] MarkdownHeadings = [.. Headings.Select(heading => heading is "work" or "peer" or "goal" ? "|" + heading : heading)];

    /// <summary>The row's texts, one for each heading.</summary>
    public static string[] Cells(Row row) =>
    [
        row.Work, row.Threads.ToString(CultureInfo.InvariantCulture), Micro(row.OursUs), row.Peer, row.Missing is null ? Micro(row.PeerUs) : "-",
        row.Missing ?? Ratio(row.Ratio), row.Missing is null ? $"{Ratio(row.Low)} .. {Ratio(row.High)}" : "", Verdict(row),
    ];

    /// <summary>The rows as a table in Markdown.</summary>
    public static string Markdown(IEnumerable<Row> rows) =>
        MarkdownTable.Of(MarkdownHeadings, rows.Select(Cells));

    /// <summary>Three significant digits.</summary>
    public static string Micro(double? us) => us switch
    {
        null => "-",
        < 10 => us.Value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => us.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => us.Value.ToString("0", CultureInfo.InvariantCulture),
    };

    /// <summary>The texts in columns, for a terminal; a long reason runs over the columns that have nothing to say then.</summary>
    public static string Line(string[] cells) => $"{cells[0],-30} {cells[1],7} {cells[2],9}  {cells[3],-34} {cells[4],9}  {cells[5],-6} {cells[6],-16} {cells[7]}".TrimEnd();

    /// <summary>Two decimals, fewer for large ratios.</summary>
    public static string Ratio(double? ratio) => ratio?.ToString(ratio < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) ?? "-";

    private static string Verdict(Row row) => string.Join("; ", new[] { Verdict(row.Goal, row.Ratio), Best(row), Machine(row) }.Where(text => text.Length > 0));

    private static string Verdict(double? goal, double? ratio) => goal is null ? ""
        : ratio is null ? $">= {Ratio(goal)}"
        : ratio >= goal ? $">= {Ratio(goal)} met"
        : $">= {Ratio(goal)} not met";

    // Of every row it would be a column to skip over.
    private static string Best(Row row) => row.BestRatio is { } best && (row.Goal is not null || row.SliceRatio is not null) ? $"best times {Ratio(best)}" : "";

    private static string Machine(Row row) => row.MachineGain is { } gain
        ? $"machine {Ratio(gain)}, best {Ratio(row.BestMachineGain)}; used {Ratio(row.Used)}, best {Ratio(row.BestUsed)} {Verdict(row.GoalOfMachine, row.Used)}".TrimEnd()
        : "";
}
