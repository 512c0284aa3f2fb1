namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// The gradient of the input of a convolution with few input channels and images hardly larger than the window: every output pixel adds its gradient, through the filters, to the
/// window that it read. The lanes are the pixels and channels of one row of a window, which lie side by side when the channels of a pixel do.
/// </summary>
/// <remarks>
/// A correlation with flipped filters multiplies the zeros around the gradient: for LeNet's second convolution, 14 x 14 from 10 x 10, as many zeros as numbers. Here no zero is
/// multiplied, but a tile sums over the output channels alone and adds to memory afterwards, for 16 channels a third of its time. Pixels are taken column by column: the windows of a
/// tile lie in different rows, so that none waits for the store of another.
/// </remarks>
internal readonly unsafe struct ScatterWork(ConvShape shape, float* dy, float* factors, int* offsets, ImageTarget target) : ILaneWork
{
    private const int LeastDepth = 8;

    private readonly int pixels = shape.OutHeight * shape.OutWidth;
    private readonly int planeSize = shape.InHeight * shape.InWidth;

    /// <summary>Whether a correlation would multiply zeros for nearly a third of its time or more, and windows fill the lanes.</summary>
    public static bool Suits(in ConvShape shape)
    {
        int window = shape.KernelWidth * shape.InChannels, padded = Strips(window) * Width(window);
        bool plain = shape.StrideH == 1 && shape.StrideW == 1 && (shape.PadTop | shape.PadBottom | shape.PadLeft | shape.PadRight) == 0;
        return plain && shape.InChannels <= WidestLanes.Count / 2 && 4 * window >= 3 * padded && shape.OutChannels >= LeastDepth
            && 5L * shape.InHeight * shape.InWidth >= 7L * shape.OutHeight * shape.OutWidth;
    }

    /// <summary>Computes dx, an image for each chunk.</summary>
    public static void Run(in ConvShape shape, float* dy, float* weights, float* dx, bool accumulate)
    {
        int window = shape.KernelWidth * shape.InChannels, strips = Strips(window), width = Width(window);
        using Scratch factors = ScratchPool.Rent((long)shape.KernelHeight * strips * shape.OutChannels * width);
        FillFactors(shape, weights, factors.Pointer, strips * width, width);

        int pixels = shape.OutHeight * shape.OutWidth, positions = Positions(pixels);
        using Scratch tables = ScratchPool.Rent(2L * positions);
        int* offsets = (int*)tables.Pointer, places = offsets + positions;
        for (int p = 0; p < positions; p++)
        {
            int row = p % shape.OutHeight, column = p / shape.OutHeight;
            // A last tile that is not full adds to what lies behind the plane.
            bool real = p < pixels;
            offsets[p] = real ? (row * shape.OutWidth) + column : 0;
            places[p] = (real ? (row * shape.InWidth) + column : shape.InHeight * shape.InWidth) * shape.InChannels;
        }
        ImageTarget target = new()
        {
            Start = dx, Channels = shape.InChannels, ChannelSize = shape.InHeight * shape.InWidth,
            Rows = shape.InHeight, Columns = shape.InWidth, RowStep = shape.InWidth, ColumnStep = 1, Accumulate = accumulate,
        };
        WidestLanes.For(shape.Batch, new ScatterWork(shape, dy, factors.Pointer, offsets, target));
    }

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        // Channels of a pixel side by side; behind it room for the last windows' surplus lanes and for pixels that are none.
        int window = shape.KernelWidth * shape.InChannels, strips = Strips(window), width = Width(window);
        int rowLength = shape.InWidth * shape.InChannels, length = (planeSize * shape.InChannels) + (shape.KernelHeight * rowLength) + (strips * width);
        using Scratch plane = ScratchPool.Rent(length);
        new Span<float>(plane.Pointer, length).Clear();

        int positions = Positions(pixels);
        TapTile tile = new() { X = dy + ((nint)chunk * shape.OutChannels * pixels), Step = pixels, Rows = 1, Columns = shape.OutChannels, Factors = factors };
        for (int row = 0; row < shape.KernelHeight; row++)
        {
            for (int strip = 0; strip < strips; strip++, tile.Factors += shape.OutChannels * width)
            {
                tile.Sums = plane.Pointer + (row * rowLength) + (strip * width);
                for (int p = 0; p < positions; p += TapTile.Height)
                {
                    tile.Offsets = offsets + p;
                    tile.Places = offsets + positions + p;
                    if (width == TLanes.Count)
                    {
                        tile.Run<TLanes, Count1>();
                    }
                    else
                    {
                        tile.Run<TLanes, Count2>();
                    }
                }
            }
        }

        if (target.IsPlain(shape.InWidth))
        {
            Transposition.Run<TLanes>(plane.Pointer, shape.InChannels, planeSize, shape.InChannels, target.Channel(chunk, 0), planeSize);
            return;
        }
        using Scratch result = ScratchPool.Rent((long)planeSize * shape.InChannels);
        Transposition.Run<TLanes>(plane.Pointer, shape.InChannels, planeSize, shape.InChannels, result.Pointer, planeSize);
        target.Write<TLanes>(chunk, 0, shape.InChannels, result.Pointer, planeSize, shape.InWidth);
    }

    // For each row of the filters and each strip of lanes [output channels, lanes]; lane l of a window's row is column l / channels, channel l % channels.
    private static void FillFactors(in ConvShape shape, float* weights, float* factors, int lanes, int width)
    {
        int channels = shape.InChannels, area = shape.KernelHeight * shape.KernelWidth;
        for (int row = 0; row < shape.KernelHeight; row++)
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                int column = lane / channels;
                float* source = weights + ((lane % channels) * area) + (row * shape.KernelWidth) + column;
                float* target = factors + ((((nint)row * (lanes / width)) + (lane / width)) * shape.OutChannels * width) + (lane % width);
                for (int filter = 0; filter < shape.OutChannels; filter++, source += channels * area, target += width)
                {
                    *target = column < shape.KernelWidth ? *source : 0;
                }
            }
        }
    }

    private static int Positions(int pixels) => (pixels + TapTile.Height - 1) / TapTile.Height * TapTile.Height;

    private static int Width(int window) => window > WidestLanes.Count && RowPanels.ManyRegisters ? 2 * WidestLanes.Count : WidestLanes.Count;

    private static int Strips(int window) => (window + Width(window) - 1) / Width(window);
}
