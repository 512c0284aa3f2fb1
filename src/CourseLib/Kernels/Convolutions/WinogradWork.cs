using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>A block of rows of tiles for each chunk, through all three steps: transform of the pixels, 36 products, transform back.</summary>
/// <remarks>
/// <para>The transforms of a block never leave the second-level cache. Their lanes are channels: any tiles are then whole registers, 7 in a row as well as 8, and both transforms are
/// additions of registers. But an image has its pixels beside each other, so six rows of pixels at a time are transposed into a ring of rows in the first-level cache
/// (row r is at r modulo 6, the next row of tiles needs two of them again), and each row of finished tiles is transposed into the output.</para>
/// <para>With 32 channels the products take half of the time, at eight tenths of the multiply-add limit; the rest is cache lines, not arithmetic: a transform writes 36 of them, which come from
/// the second-level cache and go back there, for 144 multiply-adds. Prefetching the output while the products run moved that time, and saved none.</para>
/// </remarks>
internal readonly unsafe struct WinogradWork : ILaneWork
{
    private readonly WinogradProblem problem;
    private readonly float* panels;
    private readonly float* bias;
    private readonly int blocks;

    /// <summary>Takes over transformed filters; they have to outlive the work.</summary>
    public WinogradWork(in WinogradProblem problem, in WinogradFilters filters, int blocks)
    {
        this.problem = problem;
        this.blocks = blocks;
        panels = filters.Panels;
        bias = filters.Bias;
    }

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        WinogradShape shape = problem.Shape;
        (int start, int rows) = Even.Part(shape.AllRows, blocks, chunk);
        int tiles = rows * shape.TileColumns, panelWidth = 2 * TLanes.Count;
        int channels = Even.Parts(shape.Channels, TLanes.Count) * TLanes.Count;
        using Scratch transforms = ScratchPool.Rent(Winograd.Products * Winograd.Pitch(tiles, channels));
        using Scratch products = ScratchPool.Rent(Winograd.Products * Winograd.Pitch(tiles, panelWidth));
        using Scratch pixels = ScratchPool.Rent((shape.TilePixels + Winograd.Tile) * panelWidth);

        WinogradRows.Transform<TLanes>(shape, problem.Input, start, rows, channels, transforms.Pointer, Winograd.Pitch(tiles, channels));
        for (int filter = 0; filter < shape.Filters; filter += panelWidth)
        {
            int width = shape.Filters - filter > TLanes.Count ? panelWidth : TLanes.Count;
            float* panel = panels + WinogradFilters.Offset(filter, panelWidth, shape.Channels);
            Multiply<TLanes>(transforms.Pointer, tiles, channels, panel, width, products.Pointer);
            for (int row = 0; row < rows; row++)
            {
                float* source = products.Pointer + ((nint)row * shape.TileColumns * width);
                WinogradOutput.Transform<TLanes>(source, Winograd.Pitch(tiles, width), width, bias + filter, shape.TileColumns, pixels.Pointer, shape.OutWidth);
                Write<TLanes>(start + row, filter, Math.Min(width, shape.Filters - filter), pixels.Pointer, width);
            }
        }
    }

    // [tiles, channels] x [channels, width], 36 times.
    private void Multiply<TLanes>(float* transforms, int tiles, int channels, float* panel, int width, float* products) where TLanes : struct, ILanes<TLanes>
    {
        int depth = problem.Shape.Channels;
        for (int product = 0; product < Winograd.Products; product++)
        {
            GemmPanel.Run<TLanes>(tiles, transforms, channels, 1, panel, width, products, width, depth, width, accumulate: false);
            transforms += Winograd.Pitch(tiles, channels);
            products += Winograd.Pitch(tiles, width);
            panel += Winograd.Pitch(depth, width);
        }
    }

    // Some channels of one row of tiles: the rows of pixels that are in the image.
    private void Write<TLanes>(int row, int filter, int count, float* pixels, int width) where TLanes : struct, ILanes<TLanes>
    {
        WinogradShape shape = problem.Shape;
        int image = row / shape.TileRows, first = row % shape.TileRows * Winograd.Tile;
        int length = Math.Min(Winograd.Tile, shape.OutHeight - first) * shape.OutWidth;
        nint plane = (nint)shape.OutHeight * shape.OutWidth;
        float* target = problem.Output + ((((nint)image * shape.Filters) + filter) * plane) + (first * shape.OutWidth);
        if (problem.Rectify)
        {
            Rectify<TLanes>(pixels, length * width);
        }
        if (problem.Accumulate)
        {
            using Scratch turned = ScratchPool.Rent(shape.TilePixels * width);
            Transposition.Run<TLanes>(pixels, width, length, count, turned.Pointer, length);
            Add<TLanes>(turned.Pointer, length, count, target, plane);
        }
        else
        {
            Transposition.Run<TLanes>(pixels, width, length, count, target, plane);
        }
    }

    /// <summary>Negative numbers become 0; NaN stays NaN, as in ReluOperator.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rectify<TLanes>(float* pixels, int length) where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0);
        for (int i = 0; i < length; i += TLanes.Count)
        {
            TLanes value = TLanes.Load(pixels + i);
            TLanes.Store(TLanes.Select(TLanes.LessThan(value, zero), zero, value), pixels + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TLanes>(float* rows, int length, int count, float* target, nint stride) where TLanes : struct, ILanes<TLanes>
    {
        for (int row = 0; row < count; row++, rows += length, target += stride)
        {
            for (int i = 0; i < length; i += TLanes.Count)
            {
                int lanes = Math.Min(TLanes.Count, length - i);
                TLanes.Store(TLanes.Load(target + i, lanes) + TLanes.Load(rows + i, lanes), target + i, lanes);
            }
        }
    }
}
