using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// The gradient of the weights of few filters (at most half a register; <see cref="TapWork"/> has the others) with pixels in the lanes, a block of images for each chunk
/// (<see cref="ImageBlocks"/>).
/// </summary>
internal readonly unsafe struct DotWork(ConvShape shape, PlaneLayout layout, float* x, float* dy, int* offsets, float* partial) : ILaneWork
{
    /// <summary>Registers of the widest strip: the offsets are padded by it.</summary>
    public const int WidestStrip = 4;

    // What one panel of rows touches: with so few floats (40 KB) it stays in the first-level cache while the strips pass over it, and a group is as many
    // images as fit. Larger images come from the second-level cache anyway (half a megabyte); then more of them in a group mean fewer additions across lanes.
    private const int NearFloats = 10 * 1024;
    private const int FarFloats = 128 * 1024;

    // The gradient in the input's geometry: same pitch, zeros where a window would straddle two rows.
    private readonly PlaneLayout gradient = new(
        shape.OutChannels, shape.OutHeight, shape.OutWidth, 1, 1, 0, 0, shape.OutHeight, layout.Pitch, RoundUp(shape.OutHeight * layout.Pitch));

    /// <summary>Floats of one block's partial sums: weights with padded rows, then the bias.</summary>
    public static long PartialSize(in ConvShape shape) => ((long)RowPanels.Padded(shape.OutChannels) * (shape.Depth + WidestStrip)) + shape.OutChannels;

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        int rows = RowPanels.Padded(shape.OutChannels);
        int sumsPitch = shape.Depth + WidestStrip;
        float* sums = partial + (chunk * PartialSize(shape));
        new Span<float>(sums, (int)PartialSize(shape)).Clear();

        int planesImage = RoundUp(layout.ImageSize), gradientImage = RoundUp((rows * gradient.PlaneSize) + gradient.Slack);
        int touched = planesImage + (Math.Min(rows, 8) * gradient.PlaneSize);
        int group = touched <= NearFloats ? NearFloats / touched : Math.Max(1, FarFloats / (planesImage + gradientImage));
        (int start, int end) = ImageBlocks.Of(chunk, shape.Batch);
        group = Math.Min(group, end - start);
        nint inputSize = (nint)layout.Channels * layout.Height * layout.Width, outputSize = (nint)shape.OutChannels * shape.OutHeight * shape.OutWidth;
        using Scratch planes = ScratchPool.Rent(((long)group * planesImage) + TLanes.Count);
        using Scratch gradients = ScratchPool.Rent(((long)group * gradientImage) + TLanes.Count);
        for (; start < end; start += group)
        {
            int images = Math.Min(group, end - start);
            for (int image = 0; image < images; image++)
            {
                float* gradient = gradients.Pointer + (image * gradientImage);
                layout.Pack<TLanes>(x + ((start + image) * inputSize), x + (shape.Batch * inputSize), planes.Pointer + (image * planesImage));
                this.gradient.Pack<TLanes>(dy + ((start + image) * outputSize), dy + (shape.Batch * outputSize), gradient);
                AddBias<TLanes>(gradient, sums + ((nint)rows * sumsPitch));
            }
            DotTile tile = new()
            {
                Gradient = gradients.Pointer, Pitch = gradient.PlaneSize, GradientImage = gradientImage, Planes = planes.Pointer, PlanesImage = planesImage,
                Offsets = offsets, Images = images, Length = RoundUp(((shape.OutHeight - 1) * layout.Pitch) + shape.OutWidth), Sums = sums, SumsPitch = sumsPitch,
            };
            Tiles<TLanes>(tile, rows);
        }
    }

    /// <summary>Adds the blocks' sums, first block first.</summary>
    public void AddUp(int chunks, float* dw, float* db, bool accumulate)
    {
        nint size = (nint)PartialSize(shape);
        int pitch = shape.Depth + WidestStrip;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            bool add = accumulate || chunk > 0;
            float* sums = partial + (chunk * size);
            for (int row = 0; row < shape.OutChannels; row++)
            {
                Add(new(sums + ((nint)row * pitch), shape.Depth), new(dw + ((nint)row * shape.Depth), shape.Depth), add);
            }
            if (db != null)
            {
                Add(new(sums + ((nint)RowPanels.Padded(shape.OutChannels) * pitch), shape.OutChannels), new(db, shape.OutChannels), add);
            }
        }
    }

    private static void Add(ReadOnlySpan<float> source, Span<float> target, bool add)
    {
        if (add)
        {
            Elementwise.Axpy(1, source, target);
        }
        else
        {
            source.CopyTo(target);
        }
    }

    private static int RoundUp(int length) => (length + 15) & ~15;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBias<TLanes>(float* gradient, float* bias) where TLanes : struct, ILanes<TLanes>
    {
        for (int row = 0; row < shape.OutChannels; row++, gradient += this.gradient.PlaneSize)
        {
            TLanes even = TLanes.Broadcast(0), odd = even;
            int i = 0;
            for (; i <= this.gradient.PlaneSize - (2 * TLanes.Count); i += 2 * TLanes.Count)
            {
                even += TLanes.Load(gradient + i);
                odd += TLanes.Load(gradient + i + TLanes.Count);
            }
            if (i < this.gradient.PlaneSize)
            {
                even += TLanes.Load(gradient + i);
            }
            bias[row] += TLanes.Sum(even + odd);
        }
    }

    private void Tiles<TLanes>(DotTile tile, int rows) where TLanes : struct, ILanes<TLanes>
    {
        float* sums = tile.Sums, gradient = tile.Gradient;
        int height;
        for (int row = 0; row < rows; row += height)
        {
            height = rows - row == 6 ? 6 : Math.Min(rows - row, 4);
            int strip = height == 4 ? 3 : 4;
            tile.Gradient = gradient + ((nint)row * tile.Pitch);
            for (int k = 0; k < shape.Depth; k += strip)
            {
                tile.Offsets = offsets + k;
                tile.Sums = sums + (row * tile.SumsPitch) + k;
                switch (height)
                {
                    case 6: DotTiles.Rows6<Strip4<TLanes>, TLanes>(tile); break;
                    case 4: DotTiles.Rows4<Strip3<TLanes>, TLanes>(tile); break;
                    default: DotTiles.Rows2<Strip4<TLanes>, TLanes>(tile); break;
                }
            }
        }
    }
}
