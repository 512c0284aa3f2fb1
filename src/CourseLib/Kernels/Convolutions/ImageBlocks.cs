namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// The blocks of images over which the weights' gradient is summed, one for each chunk of work. They depend on the batch alone and their sums are added in order, so that
/// the numbers do not depend on the threads.
/// </summary>
internal static class ImageBlocks
{
    private const int Most = 16;

    /// <summary>How many.</summary>
    public static int Count(int batch) => (batch + Images(batch) - 1) / Images(batch);

    /// <summary>The first image of a block, and the one after its last.</summary>
    public static (int Start, int End) Of(int block, int batch) => (block * Images(batch), Math.Min((block + 1) * Images(batch), batch));

    private static int Images(int batch) => (batch + Most - 1) / Most;
}
