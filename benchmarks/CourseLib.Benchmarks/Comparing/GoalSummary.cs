namespace CourseLib.Benchmarks.Comparing;

/// <summary>How many goals of a comparison are met, and of the others how much is missing and what is in the way.</summary>
internal sealed class GoalSummary
{
    private const string Aliasing = "A and C come from beyond the second-level cache, C once more for each slice of the sum; rows a multiple of 4 KB apart displace each other in the caches, so that B, and A where it is transposed, are packed before: on Zen 5, of a product of 1024, B for three hundredths of the time and A for two, most of it a wait for memory (a second copy of B right after the first takes a third of it)";
    private const string Short = "one or two microseconds; on Zen 5 in spells of seconds level with it, both at 0.96 of the limit, or a few hundredths behind, whatever the places of operands and whether the loop does two steps at a time or four";

    // What is known of a work that was seen below its goal, by the beginnings of its name and of the peer's. A processor may show others: they have no reason yet.
    private static readonly (string Work, string Peer, string Reason)[] Reasons =
    [
        ("gelu/", "PyTorch", "not the same accuracy: PyTorch has oneDNN take erf from a formula whose error is 1e-7 of 1, so that from -1 to 1 it is nine ulp off, at -4 a thousandth of the value, at -6 all of it; ours is within 3 ulp"),
        ("gemm/1024x1024x1024", Goals.Arithmetic, Aliasing),
        ("gemm/2048x2048x2048", Goals.Arithmetic, Aliasing),
        ("gemm/512x512x512/tn", Goals.Arithmetic, "A is read in place, a line 2 KB behind the other for each step of the sum, from the second-level cache; packed before, it takes as long (on Zen 5 0.99 to 1.01 of the time)"),
        ("batchnorm/64x32x28x28/backward", "", "19 MB: from the last cache where no neighbour uses that, else from memory; asked by itself on Zen 5 0.92 to 0.97 of the rate of a copy"),
        ("gemm/64x64x64", "OpenBLAS", Short),
        ("gemm/64x128x10", "OpenBLAS", Short),
        ("", Goals.OneThread, "*machine* says whether there was a second processor to gain, *used* which part of it the work had"),
    ];

    private readonly int wanted;

    /// <summary>Counts the goals.</summary>
    /// <param name="rows">All rows; those without a goal or without a ratio count for nothing.</param>
    public GoalSummary(IEnumerable<Row> rows)
    {
        Row[] all = [.. rows.Where(row => row is { Goal: not null, Ratio: not null })];
        wanted = all.Length;
        Behind = [.. all.Where(row => row.Ratio < row.Goal)];
    }

    /// <summary>The rows whose goals are not met.</summary>
    public IReadOnlyList<Row> Behind { get; }

    /// <summary>One line: how many of how many.</summary>
    public override string ToString() => FormattableString.Invariant($"{wanted - Behind.Count} of {wanted} goals met");

    /// <summary>The line, and a table of the rows whose goals are not met.</summary>
    public string Markdown() => Behind.Count == 0 ? $"{this}." : $"{this}; not met:\n\n" + MarkdownTable.Of(
        [.. RowText.MarkdownHeadings, "|what is in the way"], Behind.Select(row => RowText.Cells(row).Append(Reason(row))));

    private static string Reason(Row row) => Reasons.FirstOrDefault(entry =>
        row.Work.StartsWith(entry.Work, StringComparison.Ordinal) && row.Peer.StartsWith(entry.Peer, StringComparison.Ordinal)).Reason ?? "";
}
