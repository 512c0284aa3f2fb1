namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// The forward pass for small images and enough filters to fill registers: an image for each chunk, filters in the lanes of <see cref="RowTile"/>. The sums [pixels, filters] of an image stay in the
/// first-level cache and are transposed into the output.
/// </summary>
internal readonly unsafe struct RowWork(ConvShape shape, PlaneLayout layout, float* x, float* factors, float* bias, int* offsets, ImageTarget target) : ILaneWork
{
    // A shorter sum does not pay for transposing its result, and few images are shared out by filters.
    private const int LeastDepth = 64, LeastImages = 8;

    private readonly int pixels = shape.OutHeight * shape.OutWidth;

    /// <summary>Whether lanes of pixels would need shifted copies (<see cref="PlaneLayout.OfPixels"/>), and lanes of filters are nearly all used.</summary>
    public static bool Suits(in ConvShape shape) =>
        shape.Batch >= LeastImages && shape.Depth >= LeastDepth && PlaneLayout.OfPixels(shape).Shifts > 1
        && 4 * shape.OutChannels >= 3 * TapSums.Channels(shape, WidestLanes.Count) && shape.OutHeight > 1 && RowTile.Suits(shape.OutWidth);

    /// <summary>Computes the output.</summary>
    public static void Run(in ConvShape shape, float* x, float* weights, float* bias, in ImageTarget target)
    {
        int filters = TapSums.Channels(shape, WidestLanes.Count);
        PlaneLayout layout = PlaneLayout.OfInput(shape);
        using Scratch factors = ScratchPool.Rent(((long)filters * shape.Depth) + filters);
        using Scratch offsets = ScratchPool.Rent(shape.Depth);
        layout.FillOffsets(shape, (int*)offsets.Pointer);
        float* start = factors.Pointer + ((nint)filters * shape.Depth);
        for (int filter = 0; filter < filters; filter++)
        {
            start[filter] = bias != null && filter < shape.OutChannels ? bias[filter] : 0;
        }
        RowWork work = new(shape, layout, x, factors.Pointer, start, (int*)offsets.Pointer, target);
        WidestLanes.For(1, new Turn(shape, weights, factors.Pointer));
        WidestLanes.For(shape.Batch, work);
    }

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        nint size = (nint)shape.InChannels * shape.InHeight * shape.InWidth;
        float* planes = x + (chunk * size);
        using Scratch packed = ScratchPool.Rent(layout.ImageSize + TLanes.Count);
        if (!layout.IsImage)
        {
            layout.Pack<TLanes>(planes, x + (shape.Batch * size), packed.Pointer);
            planes = packed.Pointer;
        }
        using Scratch sums = ScratchPool.Rent(2L * TLanes.Count * pixels);
        int width;
        for (int filter = 0; filter < shape.OutChannels; filter += width)
        {
            width = TapSums.Strip<TLanes>(shape.OutChannels - filter);
            Tiles<TLanes>(planes, filter, width, sums.Pointer);
            if (target.Pooled.IsWanted)
            {
                target.Pooled.WritePixels<TLanes>(chunk, filter, sums.Pointer, width);
                continue;
            }
            if (target.Rectify)
            {
                WinogradWork.Rectify<TLanes>(sums.Pointer, pixels * width);
            }
            Transposition.Run<TLanes>(sums.Pointer, width, pixels, Math.Min(width, shape.OutChannels - filter), target.Channel(chunk, filter), pixels);
        }
    }

    private void Tiles<TLanes>(float* planes, int filter, int width, float* sums) where TLanes : struct, ILanes<TLanes>
    {
        int registers = width / TLanes.Count, rows = registers == 1 && RowPanels.ManyRegisters ? 2 : 1, columns = RowTile.Pixels(shape.OutWidth);
        RowTile tile = new()
        {
            Below = layout.Pitch, Offsets = offsets, Depth = shape.Depth, Factors = factors + ((nint)filter * shape.Depth), Start = bias + filter, SumsBelow = (nint)shape.OutWidth * width,
        };
        for (int i = 0; i < shape.OutHeight; i += rows)
        {
            int row = Math.Min(i, shape.OutHeight - rows);
            for (int j = 0; j < shape.OutWidth; j += columns)
            {
                int column = Math.Min(j, shape.OutWidth - columns);
                tile.X = planes + (row * layout.Pitch) + column;
                tile.Sums = sums + (((nint)row * shape.OutWidth) + column) * width;
                tile.Run<TLanes>(columns, registers, rows);
            }
        }
    }

    // Weights [filters, k] to strips [k, filters].
    private readonly struct Turn(ConvShape shape, float* weights, float* factors) : ILaneWork
    {
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
        {
            int width, depth = shape.Depth;
            for (int filter = 0; filter < shape.OutChannels; filter += width)
            {
                width = TapSums.Strip<TLanes>(shape.OutChannels - filter);
                float* target = factors + ((nint)filter * depth);
                Transposition.Run<TLanes>(weights + ((nint)filter * depth), depth, Math.Min(width, shape.OutChannels - filter), depth, target, width, padded: true);
            }
        }
    }
}
