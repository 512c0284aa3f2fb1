namespace CourseLib.Benchmarks.Scaling;

/// <summary>What stands beside the charts: what a curve's limit is, and why it leaves it where it does.</summary>
internal static class ScalingTexts
{
    /// <summary>Beside the chart of batches.</summary>
    public const string Batch = """
        A step on one example costs what the parameters cost: Adam goes through all of them whatever the batch is, and a product with one row uses each weight that it reads once, far to the left of
        the roofline's bend. The more examples share that, the nearer an example comes to its own arithmetic, and the curve gets level. Where it rises again at large batches, the activations that the
        backward pass reads have left the second-level cache meanwhile.
        """;

    /// <summary>Beside the chart of widths.</summary>
    public const string Width = """
        The dashed line is the layer's arithmetic at the rate of multiply-adds that touch nothing but registers. Narrow layers leave it because a call has a beginning and an end (tiles are started, C is
        written, the batch or the weights are turned round) that so few operations cannot hide, and because widths that are no multiple of the registers' leave lanes empty. Wide ones leave it when
        the weights, 4 n^2 bytes, outgrow the second-level cache: a batch of 64 uses each number that is fetched for 64 multiply-adds only.
        """;

    /// <summary>Beside the chart of image sizes.</summary>
    public const string Image = """
        The dotted line is the arithmetic of the direct sum. The passes lie under it: Winograd's F(4x4, 3x3), taken where a count of multiply-adds says that it pays, multiplies 36 times where the direct
        sum does 144 times, and spends a part of the gain on transforming tiles. A tile has four rows and columns of the output, so that 7 or 14 of them cost what 8 or 16 do: the curves have a step
        there. dw transforms two operands for each product, both as large as images; of small images it makes too few tiles for the transform of its sums to weights to be as good as free.
        """;

    /// <summary>Beside the chart of threads.</summary>
    public const string Threads = """
        One thread and more are timed in turns of milliseconds, and the shortest times divided. The first bar and the dashed line are the machine's own gain, that of multiply-adds which touch nothing
        but registers: two processors of a virtual machine may be two halves of one core, and then no work gains much. Works that stream through arrays (optimizers, normalisation, functions of
        elements) gain what the memory's bandwidth gains, and more where the caches of all processors hold what one's do not. Works of a few microseconds are too short to be handed out in parts, and
        a training step of a small network consists of such works.
        """;

    /// <summary>Beside the roofline.</summary>
    public const string Roofline = """
        A work that does I operations for each byte that it must move can reach the smaller of the multiply-adds' rate and I times the bandwidth (Williams, Waterman and Patterson 2009). The solid roof
        is that of arrays that no cache holds, the dashed one that of the first-level cache. In the table each work is held against the roof of a copy of about as many bytes as it moves.
        Some works lie above it: a convolution is counted as the direct sum, and Winograd's algorithm multiplies less; an optimizer writes where it has read, while the target of a copy is fetched into
        the caches before it is written, which the bytes of a copy do not count.
        """;

    // What a work is short of a roof that counts each operand once and all arithmetic as multiply-adds; by the beginning of its name, the longest first.
    private static readonly (string Work, string Reason)[] Reasons =
    [
        ("exp/", "takes as long in the caches, so it is the arithmetic: the roof counts all operations as multiply-adds of full registers; half of them are single additions, conversions and shifts"),
        ("adam/", "seven streams of memory instead of a copy's two"),
        ("sgdm/", "five streams of memory instead of a copy's two"),
        ("batchnorm/", "x is read twice, for its statistics and for the result; the roof counts it once"),
        ("maxpool/", "even and odd columns are told apart by shuffles"),
        ("gemm/64x128x10", "computed as its transpose, whose rows fill registers: A and the result are turned round, for ten multiply-adds with each number"),
        ("gemm/64x64x64", "a tile is written after 64 steps: its beginning and end are a tenth of it"),
        ("gemm/64x", "64 rows use each number of B that is read 64 times only"),
        ("gemm/", "a panel of B comes from the second-level cache for each row of tiles, packed before where its rows displace each other there; C is read and written again for each slice of the sum"),
        ("conv/3x3_1_", "9 terms for each output: storing it takes longer than summing"),
        ("conv/5x5_1_", "only 25 terms for each output, beside shifted copies of the plane that are made and results that are stored"),
        ("conv/5x5_6_", "filters are in the lanes: a load for each multiply-add, and the sums are transposed into the output"),
        ("conv/", "planes are placed before the sums, or tiles transformed; counted is the direct sum alone"),
    ];

    /// <summary>Why a work does not reach its roof.</summary>
    public static string Reason(string work) => Reasons.First(entry => work.StartsWith(entry.Work, StringComparison.Ordinal)).Reason;
}
