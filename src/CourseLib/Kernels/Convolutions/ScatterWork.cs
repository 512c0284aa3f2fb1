using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// The gradient of the input of a convolution with few input channels and images hardly larger than the window: every output pixel adds its gradient, through the filters, to the
/// window that it read. The lanes are the pixels and channels of one row of a window, which lie side by side when the channels of a pixel do.
/// </summary>
/// <remarks>
/// A correlation with flipped filters multiplies the zeros around the gradient: for LeNet's second convolution, 14 x 14 from 10 x 10, as many zeros as numbers. Here no zero is
/// multiplied. For a row of the result a <see cref="RowTile"/> sums over the output channels and over the rows of the gradient that reach it; what it sends to the columns of a window is added
/// up afterwards, column by column: windows of different rows do not overlap, so that no addition waits for the store of another.
/// </remarks>
internal readonly unsafe struct ScatterWork(ConvShape shape, float* dy, float* factors, int* offsets, ImageTarget target) : ILaneWork
{
    private const int LeastDepth = 8;

    private readonly int planeSize = shape.InHeight * shape.InWidth;

    /// <summary>Whether a correlation would multiply zeros for nearly a third of its time or more, and windows fill the lanes.</summary>
    public static bool Suits(in ConvShape shape)
    {
        int window = shape.KernelWidth * shape.InChannels, padded = Strips(window) * Width(window);
        bool plain = shape.StrideH == 1 && shape.StrideW == 1 && (shape.PadTop | shape.PadBottom | shape.PadLeft | shape.PadRight) == 0;
        return plain && shape.InChannels <= WidestLanes.Count / 2 && 4 * window >= 3 * padded && shape.OutChannels >= LeastDepth
            && RowTile.Suits(shape.OutWidth) && 5L * shape.InHeight * shape.InWidth >= 7L * shape.OutHeight * shape.OutWidth;
    }

    /// <summary>Computes dx, an image for each chunk.</summary>
    public static void Run(in ConvShape shape, float* dy, float* weights, float* dx, bool accumulate)
    {
        int window = shape.KernelWidth * shape.InChannels, strips = Strips(window), width = Width(window);
        using Scratch factors = ScratchPool.Rent((long)shape.KernelHeight * strips * shape.OutChannels * width);
        FillFactors(shape, weights, factors.Pointer, strips * width, width);

        int depth = shape.KernelHeight * shape.OutChannels;
        using Scratch tables = ScratchPool.Rent(depth);
        int* offsets = (int*)tables.Pointer;
        for (int k = 0; k < depth; k++)
        {
            offsets[k] = (k % shape.OutChannels * shape.OutHeight * shape.OutWidth) - (k / shape.OutChannels * shape.OutWidth);
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
        int window = shape.KernelWidth * shape.InChannels, width = Width(window);
        using Scratch sums = ScratchPool.Rent((long)shape.InHeight * shape.OutWidth * width);
        // Channels of a pixel side by side; behind it room for the last windows' surplus lanes.
        int length = (planeSize * shape.InChannels) + width;
        using Scratch plane = ScratchPool.Rent(length);
        new Span<float>(plane.Pointer, length).Clear();
        for (int strip = 0; strip < Strips(window); strip++)
        {
            Tiles<TLanes>(dy + ((nint)chunk * shape.OutChannels * shape.OutHeight * shape.OutWidth), strip, width, sums.Pointer);
            AddWindows<TLanes>(sums.Pointer, width, Math.Min(width, window - (strip * width)), plane.Pointer + (strip * width));
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

    // What each row of the result gets from the window that begins at each column: [rows, columns, lanes].
    private void Tiles<TLanes>(float* dy, int strip, int width, float* sums) where TLanes : struct, ILanes<TLanes>
    {
        float* zeros = stackalloc float[2 * TLanes.Count];
        new Span<float>(zeros, 2 * TLanes.Count).Clear();
        int columns = RowTile.Pixels(shape.OutWidth), depth = shape.KernelHeight * shape.OutChannels;
        RowTile tile = new() { Start = zeros };
        for (int row = 0; row < shape.InHeight; row++)
        {
            int firstTap = Math.Max(0, row - shape.OutHeight + 1) * shape.OutChannels, endTap = Math.Min(row + 1, shape.KernelHeight) * shape.OutChannels;
            tile.Depth = endTap - firstTap;
            tile.Offsets = offsets + firstTap;
            tile.Factors = factors + ((((nint)strip * depth) + firstTap) * width);
            for (int j = 0; j < shape.OutWidth; j += columns)
            {
                int column = Math.Min(j, shape.OutWidth - columns);
                tile.X = dy + (row * shape.OutWidth) + column;
                tile.Sums = sums + (((row * shape.OutWidth) + column) * width);
                tile.Run<TLanes>(columns, width / TLanes.Count, rows: 1);
            }
        }
    }

    // Whole registers: lanes that belong to no pixel of the window add 0 to what comes next.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddWindows<TLanes>(float* sums, int width, int count, float* plane) where TLanes : struct, ILanes<TLanes>
    {
        int line = shape.InWidth * shape.InChannels;
        for (int lane = 0; lane < count; lane += TLanes.Count)
        {
            TLanes zero = TLanes.Broadcast(0), real = TLanes.KeepFirst(TLanes.Equal(zero, zero), Math.Min(count - lane, TLanes.Count));
            for (int column = 0; column < shape.OutWidth; column++)
            {
                float* from = sums + (column * width) + lane, to = plane + (column * shape.InChannels) + lane;
                for (int row = 0; row < shape.InHeight; row++, from += shape.OutWidth * width, to += line)
                {
                    TLanes.Store(TLanes.Load(to) + TLanes.Select(real, TLanes.Load(from), zero), to);
                }
            }
        }
    }

    // For each strip of lanes [rows of the filters, output channels, lanes]; lane l of a window's row is column l / channels, channel l % channels.
    private static void FillFactors(in ConvShape shape, float* weights, float* factors, int lanes, int width)
    {
        int channels = shape.InChannels, area = shape.KernelHeight * shape.KernelWidth;
        for (int lane = 0; lane < lanes; lane++)
        {
            int column = lane / channels;
            float* target = factors + ((nint)(lane / width) * shape.KernelHeight * shape.OutChannels * width) + (lane % width);
            for (int row = 0; row < shape.KernelHeight; row++)
            {
                float* source = weights + ((lane % channels) * area) + (row * shape.KernelWidth) + column;
                for (int filter = 0; filter < shape.OutChannels; filter++, source += channels * area, target += width)
                {
                    *target = column < shape.KernelWidth ? *source : 0;
                }
            }
        }
    }

    private static int Width(int window) => window > WidestLanes.Count && RowPanels.ManyRegisters ? 2 * WidestLanes.Count : WidestLanes.Count;

    private static int Strips(int window) => (window + Width(window) - 1) / Width(window);
}
