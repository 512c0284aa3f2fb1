using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// The gradient of the weights with output channels in the lanes, a block of images for each chunk (<see cref="ImageBlocks"/>). The gradient of the output is transposed, so that the
/// channels of a pixel lie side by side; then every <see cref="TapTile"/> runs over all pixels of an image.
/// </summary>
internal readonly unsafe struct TapWork(ConvShape shape, PlaneLayout layout, float* x, float* dy, int* offsets, float* partial) : ILaneWork
{
    private readonly int pixels = shape.OutHeight * shape.OutWidth;
    private readonly int taps = PaddedTaps(shape);
    private readonly nint inputSize = (nint)shape.InChannels * shape.InHeight * shape.InWidth;
    private readonly nint outputSize = (nint)shape.OutChannels * shape.OutHeight * shape.OutWidth;

    /// <summary>Whether output channels fill at least half a register.</summary>
    public static bool Suits(in ConvShape shape) => shape.OutChannels > WidestLanes.Count / 2;

    /// <summary>Weights of a filter, rounded up to whole tiles: so many offsets are read.</summary>
    public static int PaddedTaps(in ConvShape shape) => (shape.Depth + TapTile.Height - 1) / TapTile.Height * TapTile.Height;

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        float* sums = partial + (chunk * TapSums.BlockSize(shape));
        new Span<float>(sums, (int)TapSums.BlockSize(shape)).Clear();
        using Scratch planes = ScratchPool.Rent(layout.ImageSize + TLanes.Count);
        using Scratch gradient = ScratchPool.Rent((long)TapSums.Channels(shape, TLanes.Count) * pixels);
        (int start, int end) = ImageBlocks.Of(chunk, shape.Batch);
        for (int image = start; image < end; image++)
        {
            float* input = x + (image * inputSize), output = dy + (image * outputSize);
            if (!layout.IsImage)
            {
                layout.Pack<TLanes>(input, x + (shape.Batch * inputSize), planes.Pointer);
            }
            int width;
            for (int channel = 0; channel < shape.OutChannels; channel += width)
            {
                width = TapSums.Strip<TLanes>(shape.OutChannels - channel);
                Transposition.Run<TLanes>(
                    output + ((nint)channel * pixels), pixels, Math.Min(width, shape.OutChannels - channel), pixels, gradient.Pointer + ((nint)channel * pixels), width, padded: true);
            }
            Tiles<TLanes>(layout.IsImage ? input : planes.Pointer, gradient.Pointer, sums);
        }
    }

    private void Tiles<TLanes>(float* planes, float* gradient, float* sums) where TLanes : struct, ILanes<TLanes>
    {
        TapTile tile = new() { X = planes, Pitch = layout.Pitch, Rows = shape.OutHeight, Columns = shape.OutWidth };
        int width;
        for (int channel = 0; channel < shape.OutChannels; channel += width)
        {
            width = TapSums.Strip<TLanes>(shape.OutChannels - channel);
            tile.Factors = gradient + ((nint)channel * pixels);
            tile.Sums = sums + ((nint)channel * (taps + 1));
            for (int k = 0; k < taps; k += TapTile.Height, tile.Sums += TapTile.Height * width)
            {
                tile.Offsets = offsets + k;
                if (width == TLanes.Count)
                {
                    tile.Run<TLanes, Count1>();
                }
                else
                {
                    tile.Run<TLanes, Count2>();
                }
            }
            AddPixels<TLanes>(tile.Factors, width, tile.Sums);
        }
    }

    // The bias meets every pixel with the weight 1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPixels<TLanes>(float* gradient, int width, float* sums) where TLanes : struct, ILanes<TLanes>
    {
        for (int channel = 0; channel < width; channel += TLanes.Count)
        {
            TLanes even = TLanes.Load(sums + channel), odd = TLanes.Broadcast(0);
            float* dy = gradient + channel, end = dy + ((nint)pixels * width);
            for (; dy + width < end; dy += 2 * width)
            {
                even += TLanes.Load(dy);
                odd += TLanes.Load(dy + width);
            }
            if (dy < end)
            {
                even += TLanes.Load(dy);
            }
            TLanes.Store(even + odd, sums + channel);
        }
    }
}
