using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// The gradient of 3x3 weights by <see cref="Winograd"/>, a block of images for each chunk (<see cref="ImageBlocks"/>): transforms of pixels and gradients, 36 products
/// [channels, tiles] x [tiles, filters], and, after the block's last tile, one transform of the sums to taps.
/// </summary>
/// <remarks>
/// A product's sums run over tiles, so the more tiles go together, the less often the sums move between registers and memory: as many as leave both transforms in the second-level
/// cache. Lanes are channels in one transform and filters in the other; no lane is ever added to another. The errors (root mean square) are 1.4 to 2 times those of the direct sum: the transforms' as in
/// the forward pass, but most of the rounding in so long a sum is the sum's own.
/// </remarks>
internal readonly unsafe struct WinogradWeightsWork(ConvShape convolution, float* x, float* dy, float* partial) : ILaneWork
{
    // Of both transforms: 1.2 MB, what a second-level cache of 2 MB keeps beside the sums of 64 x 64 filters.
    private const int GroupFloats = 300 * 1024;

    private readonly WinogradShape shape = WinogradShape.Forward(convolution);

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        int channels = Even.Parts(shape.Channels, TLanes.Count) * TLanes.Count, filters = Even.Parts(shape.Filters, TLanes.Count) * TLanes.Count;
        (int firstImage, int endImage) = ImageBlocks.Of(chunk, shape.Batch);
        int rows = (endImage - firstImage) * shape.TileRows;
        int groups = Even.Parts(rows, Math.Max(1, GroupFloats / (Winograd.Products * (channels + filters) * shape.TileColumns)));
        int most = Even.Part(rows, groups, 0).Length * shape.TileColumns;
        using Scratch pixels = ScratchPool.Rent(Winograd.Products * Winograd.Pitch(most, channels));
        using Scratch gradients = ScratchPool.Rent(Winograd.Products * Winograd.Pitch(most, filters));
        using Scratch sums = ScratchPool.Rent(Winograd.Products * Winograd.Pitch(shape.Channels, filters));
        using Scratch bias = ScratchPool.Rent(filters);
        new Span<float>(bias.Pointer, filters).Clear();
        for (int group = 0; group < groups; group++)
        {
            (int start, int count) = Even.Part(rows, groups, group);
            int tiles = count * shape.TileColumns;
            start += firstImage * shape.TileRows;
            WinogradRows.Transform<TLanes>(shape, x, start, count, channels, pixels.Pointer, Winograd.Pitch(tiles, channels));
            Transform<TLanes>(start, count, filters, gradients.Pointer, Winograd.Pitch(tiles, filters), bias.Pointer);
            Multiply<TLanes>(pixels.Pointer, channels, gradients.Pointer, filters, tiles, sums.Pointer, accumulate: group > 0);
        }
        Write<TLanes>(sums.Pointer, filters, bias.Pointer, partial + (chunk * TapSums.BlockSize(convolution)));
    }

    // The gradient's rows of tiles; its pixels are added up for the bias along the way.
    private void Transform<TLanes>(int start, int rows, int filters, float* target, nint matrix, float* bias) where TLanes : struct, ILanes<TLanes>
    {
        nint line = (nint)shape.TileColumns * Winograd.Tile * filters, image = (nint)shape.Filters * shape.OutHeight * shape.OutWidth;
        float** window = stackalloc float*[Winograd.Tile];
        using Scratch pixels = ScratchPool.Rent(Winograd.Tile * line);
        new Span<float>(pixels.Pointer, (int)(Winograd.Tile * line)).Clear(); // what hangs over the right edge, for good
        for (int row = start; row < start + rows; row++, target += (nint)shape.TileColumns * filters)
        {
            for (int i = 0; i < Winograd.Tile; i++)
            {
                window[i] = pixels.Pointer + (i * line);
                int first = row % shape.TileRows * Winograd.Tile;
                WinogradRows.Load<TLanes>(dy + (row / shape.TileRows * image), shape.Filters, shape.OutHeight, shape.OutWidth, first + i, window[i], filters);
                AddPixels<TLanes>(window[i], filters, bias);
            }
            WinogradGradient.Transform<TLanes>(window, filters, shape.TileColumns, target, matrix);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPixels<TLanes>(float* pixels, int filters, float* bias) where TLanes : struct, ILanes<TLanes>
    {
        for (int filter = 0; filter < filters; filter += TLanes.Count)
        {
            TLanes sum = TLanes.Load(bias + filter);
            float* pixel = pixels + filter;
            for (int column = 0; column < shape.OutWidth; column++, pixel += filters)
            {
                sum += TLanes.Load(pixel);
            }
            TLanes.Store(sum, bias + filter);
        }
    }

    // [channels, tiles] x [tiles, filters], 36 times.
    private void Multiply<TLanes>(float* pixels, int channels, float* gradients, int filters, int tiles, float* sums, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        int panel = GemmPanel.TileColumns(TLanes.Count) * TLanes.Count;
        for (int product = 0; product < Winograd.Products; product++)
        {
            for (int filter = 0; filter < filters; filter += panel)
            {
                int width = Math.Min(panel, filters - filter);
                GemmPanel.Run<TLanes>(shape.Channels, pixels, 1, channels, gradients + filter, filters, sums + filter, filters, tiles, width, accumulate);
            }
            pixels += Winograd.Pitch(tiles, channels);
            gradients += Winograd.Pitch(tiles, filters);
            sums += Winograd.Pitch(shape.Channels, filters);
        }
    }

    // To the order of TapSums.
    private void Write<TLanes>(float* sums, int filters, float* bias, float* target) where TLanes : struct, ILanes<TLanes>
    {
        int width;
        for (int filter = 0; filter < shape.Filters; filter += width)
        {
            width = TapSums.Strip<TLanes>(shape.Filters - filter);
            for (int channel = 0; channel < shape.Channels; channel++, target += Winograd.Taps * Winograd.Taps * width)
            {
                for (int lane = 0; lane < width; lane += TLanes.Count)
                {
                    WinogradGradient.Taps<TLanes>(sums + ((nint)channel * filters) + filter + lane, Winograd.Pitch(shape.Channels, filters), target + lane, width);
                }
            }
            new Span<float>(bias + filter, width).CopyTo(new(target, width));
            target += width;
        }
    }
}
