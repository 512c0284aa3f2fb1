namespace CourseLib.Kernels.Normalizations;

/// <summary>Cuts rows into blocks for the workers. The blocks depend on the sizes alone: sums over rows are added block by block.</summary>
internal static class RowBlocks
{
    // About this many elements are worth a chunk of their own, and more blocks than this no machine needs.
    private const int Elements = 4096;
    private const int Most = 64;

    public static int Count(int rows, int columns)
    {
        int height = Height(rows, columns);
        return (rows + height - 1) / height;
    }

    public static (int Start, int End) Range(int block, int rows, int columns)
    {
        int height = Height(rows, columns);
        return (block * height, Math.Min((block + 1) * height, rows));
    }

    private static int Height(int rows, int columns) => Math.Max((rows + Most - 1) / Most, Math.Max(1, Elements / columns));
}
