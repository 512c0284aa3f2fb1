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
        written, weights are transposed while they are packed) that so few operations cannot hide, and because widths that are no multiple of the registers' leave lanes empty. Wide ones leave it when
        the weights, 4 n^2 bytes, outgrow the second-level cache: a batch of 64 uses each number that is fetched and packed for 64 multiply-adds only.
        """;

    /// <summary>Beside the chart of image sizes.</summary>
    public const string Image = """
        The dashed line is the arithmetic of the direct sum. Small images leave it: the columns of a plane fill whole registers only in part, zeros around the image are computed with, and what is
        done once for an image (placing its pixels, starting its tiles) is shared by few of them. Large images leave it where planes of all channels no longer fit into the second-level cache. An
        algorithm that needs fewer multiplications than the direct sum may lie under the line.
        """;

    /// <summary>Beside the chart of threads.</summary>
    public const string Threads = """
        Threads share the arithmetic but not the memory: works that stream through arrays (optimizers, normalisation, functions of elements) gain what the memory's bandwidth gains. Works of a few
        microseconds are too short to be handed out in parts, and a training step of a small network consists of such works. The two processors of a virtual machine may be two halves of one core,
        which share its multiply-add units: then no work can gain much; compare the rates of the limits above for one thread and for more.
        """;

    /// <summary>Beside the roofline.</summary>
    public const string Roofline = """
        A work that does I operations for each byte that it must move can reach the smaller of the multiply-adds' rate and I times the bandwidth (Williams, Waterman and Patterson 2009). The solid roof
        is that of arrays that no cache holds, the dashed one that of the first-level cache. In the table each work is held against the roof of a copy of about as many bytes as it moves.
        """;

    // What a work is short of a roof that counts each operand once and all arithmetic as multiply-adds; by the beginning of its name, the longest first.
    private static readonly (string Work, string Reason)[] Reasons =
    [
        ("exp/", "the roof counts all operations as multiply-adds of full registers; half of them are single additions, conversions and shifts"),
        ("adam/", "a division and a square root for each register, which no multiply-add hides"),
        ("sgdm/", "five streams of memory instead of a copy's two"),
        ("batchnorm/", "mean, variance and result are passes of their own; the roof counts one"),
        ("maxpool/", "even and odd columns are told apart by shuffles, one for each register"),
        ("gemm/64x128x10", "10 columns fill 10 of 16 lanes"),
        ("gemm/64x64x64", "a tile is written after 64 steps: its beginning and end are a tenth of it"),
        ("gemm/64x", "64 rows use each packed number of B 64 times only"),
        ("gemm/", "packing, and the part of C that is not in a cache when its tile is done"),
        ("conv/3x3_1_", "9 terms for each output: placing and storing cost as much as the sums"),
        ("conv/5x5_1_", "25 terms for each output: placing and storing cost as much as the sums"),
        ("conv/5x5_6_", "ten columns of output in registers of sixteen"),
        ("conv/", "zeros between the rows are computed with, and planes are placed before the sums"),
    ];

    /// <summary>Why a work does not reach its roof.</summary>
    public static string Reason(string work) => Reasons.First(entry => work.StartsWith(entry.Work, StringComparison.Ordinal)).Reason;
}
