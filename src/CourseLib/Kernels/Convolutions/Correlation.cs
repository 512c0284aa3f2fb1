namespace CourseLib.Kernels.Convolutions;

/// <summary>output[r][q] = bias[r] + sum over k of weights[r][k] planes[offsets[k] + q] for rows of a <see cref="FilterBank"/>.</summary>
internal static unsafe class Correlation
{
    // Strips of three and four registers both divide twelve; twelve registers of pixels in all channels stay in the first-level cache while
    // every panel of weights passes over them.
    private const int BlockRegisters = 12;

    /// <summary>Elements from one output row to the next so that the last strip may run over.</summary>
    public static int OutputPitch(int length) => ((length + 15) & ~15) + 64;

    /// <summary>Computes rows start … end - 1.</summary>
    public static void Run<TLanes>(in CorrelationTile bank, int start, int end, int length) where TLanes : struct, ILanes<TLanes>
    {
        int block = BlockRegisters * TLanes.Count;
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
                Strips<TLanes>(tile, height, stop - q);
            }
        }
    }

    private static void Strips<TLanes>(CorrelationTile tile, int height, int length) where TLanes : struct, ILanes<TLanes>
    {
        int wide = (height == 8 || height == 4 ? 3 : 4) * TLanes.Count;
        while (length > 0)
        {
            // A rest that fits into one register takes the narrow tile: the wide one would do three or four times the work.
            bool narrow = length <= TLanes.Count;
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
            int done = narrow ? TLanes.Count : wide;
            length -= done;
            tile.Planes += done;
            tile.Output += done;
        }
    }
}
