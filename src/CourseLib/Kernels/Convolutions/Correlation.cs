namespace CourseLib.Kernels.Convolutions;

/// <summary>output[r][q] = bias[r] + sum over k of weights[r][k] planes[offsets[k] + q] for rows of a <see cref="FilterBank"/>.</summary>
internal static unsafe class Correlation
{
    // Strips of three and four registers both divide twelve; twelve registers of pixels in all channels stay in the first-level cache while
    // every panel of weights passes over them.
    private const int BlockRegisters = 12;

    /// <summary>Elements from one output row to the next so that the last strip may run over.</summary>
    public static int OutputPitch(int length) => ((length + 15) & ~15) + 64;

    // Elements of a row that may be spoilt beside the output: the widest strip.
    private const int EdgePitch = 64;

    /// <summary>Computes rows start … end - 1.</summary>
    /// <param name="bank">The filters, the pixels and the output of row <paramref name="start"/>.</param>
    /// <param name="start">First row.</param>
    /// <param name="end">Row after the last.</param>
    /// <param name="length">Flattened pixels.</param>
    /// <param name="exact">Whether nothing may be written beyond the last pixel; otherwise a strip more.</param>
    public static void Run<TLanes>(in CorrelationTile bank, int start, int end, int length, bool exact) where TLanes : struct, ILanes<TLanes>
    {
        int block = BlockRegisters * TLanes.Count;
        using Scratch edge = ScratchPool.Rent(8 * EdgePitch);
        CorrelationTile tile = bank;
        for (int q = 0; q < length; q += block)
        {
            int stop = Math.Min(q + block, length);
            int height;
            for (int row = start; row < end; row += height)
            {
                height = RowPanels.Next(end - row);
                tile.Weights = bank.Weights + ((nint)row * bank.Depth);
                tile.Bias = bank.Bias + row;
                tile.Planes = bank.Planes + q;
                tile.Output = bank.Output + ((row - start) * bank.Pitch) + q;
                Strips<TLanes>(tile, height, stop - q, exact ? edge.Pointer : null);
            }
        }
    }

    private static void Strips<TLanes>(CorrelationTile tile, int height, int length, float* edge) where TLanes : struct, ILanes<TLanes>
    {
        int wide = (height == 8 || height == 4 ? 3 : 4) * TLanes.Count;
        while (length > 0)
        {
            // A rest that fits into one register takes the narrow tile: the wide one would do three or four times the work. (For two rows there is none.)
            bool narrow = length <= TLanes.Count && height > 2;
            int done = narrow ? TLanes.Count : wide;
            if (done <= length || edge == null)
            {
                Strip<TLanes>(tile, height, narrow);
            }
            else
            {
                CorrelationTile last = tile;
                last.Output = edge;
                last.Pitch = EdgePitch;
                Strip<TLanes>(last, height, narrow);
                for (int row = 0; row < height; row++)
                {
                    new Span<float>(edge + (row * EdgePitch), length).CopyTo(new(tile.Output + (row * tile.Pitch), length));
                }
            }
            length -= done;
            tile.Planes += done;
            tile.Output += done;
        }
    }

    private static void Strip<TLanes>(in CorrelationTile tile, int height, bool narrow) where TLanes : struct, ILanes<TLanes>
    {
        switch (height)
        {
            case 8 when narrow: CorrelationTiles.Rows8<Strip1<TLanes>, TLanes>(tile); break;
            case 8: CorrelationTiles.Rows8<Strip3<TLanes>, TLanes>(tile); break;
            case 6 when narrow: CorrelationTiles.Rows6<Strip1<TLanes>, TLanes>(tile); break;
            case 6: CorrelationTiles.Rows6<Strip4<TLanes>, TLanes>(tile); break;
            case 4 when narrow: CorrelationTiles.Rows4<Strip1<TLanes>, TLanes>(tile); break;
            case 4: CorrelationTiles.Rows4<Strip3<TLanes>, TLanes>(tile); break;
            default: CorrelationTiles.Rows2<Strip4<TLanes>, TLanes>(tile); break;
        }
    }
}
