using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// The gradient of the weights when a 2x2 max-pooling stands behind the convolution: dW[o, c, a, d] = sum over images and windows of dy[window] x[c, row + a, column + d], where (row, column) is the pixel
/// that won: a quarter of the sum over all pixels. A block of images for each chunk (<see cref="ImageBlocks"/>).
/// </summary>
/// <remarks>
/// With the channels of a pixel side by side a row of a filter is one run of numbers in the image, for LeNet's second convolution 5 x 6 = 30 of two registers' 32: those are the lanes of a
/// <see cref="WinnerTile"/>. Each filter has winners of its own, so filters share no loads.
/// </remarks>
internal readonly unsafe struct WinnerWork(ConvShape shape, PlaneLayout layout, float* x, float* dy, float* winners, float* places, int* offsets, float* partial) : ILaneWork
{
    // The images of a group stay in the first-level cache, 32 KB, while all filters pass over them.
    private const int NearFloats = 8 * 1024;

    private readonly int windows = Windows(shape);

    // Floats of an image with its paddings. The last row's padding on the right is that of the next image on the left (PlaneLayout); behind the last image it is a margin.
    private readonly int planes = layout.PlaneSize * shape.InChannels;
    private readonly int margin = layout.PadLeft * shape.InChannels;

    /// <summary>Whether this has fewer multiply-adds, with all their unused lanes, than a sum over all pixels has, and an image's places are exact floats.</summary>
    public static bool Suits(in ConvShape shape) =>
        shape.StrideH == 1 && shape.StrideW == 1 && SumsOfFilter(shape) <= 4L * shape.Depth && PlaneLayout.OfInput(shape).ImageSize < WinnerTile.PlaceZero;

    /// <summary>Computes dW and db.</summary>
    public static void Run(in ConvShape shape, float* x, float* dy, float* winners, float* dw, float* db, bool accumulate)
    {
        PlaneLayout layout = PlaneLayout.OfInput(shape);
        int size = BlockSize(shape), chunks = ImageBlocks.Count(shape.Batch);
        using Scratch places = ScratchPool.Rent(Windows(shape) + WidestLanes.Count);
        FillPlaces(shape, layout.Pitch, places.Pointer);
        using Scratch offsets = ScratchPool.Rent(Segments(shape));
        FillOffsets(shape, layout.Pitch, (int*)offsets.Pointer);
        using Scratch partial = ScratchPool.Rent((long)chunks * size);
        WidestLanes.For(chunks, new WinnerWork(shape, layout, x, dy, winners, places.Pointer, (int*)offsets.Pointer, partial.Pointer));
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            Elementwise.Axpy(1, new(partial.Pointer + ((nint)chunk * size), size), new(partial.Pointer, size));
        }
        Write(shape, partial.Pointer, dw, db, accumulate);
    }

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        float* sums = partial + ((nint)chunk * BlockSize(shape));
        new Span<float>(sums, BlockSize(shape)).Clear();
        (int start, int end) = ImageBlocks.Of(chunk, shape.Batch);
        int group = Math.Clamp(NearFloats / planes, 1, end - start);
        using Scratch images = ScratchPool.Rent(((long)group * planes) + margin + layout.Slack + TLanes.Count);
        using Scratch lists = ScratchPool.Rent(2L * ((group * windows) + TLanes.Count));
        for (; start < end; start += group)
        {
            int count = Math.Min(group, end - start);
            Turn<TLanes>(start, count, images.Pointer);
            if (TLanes.Count > Lanes(shape))
            {
                Filters<Lanes8>(start, count, images.Pointer, lists.Pointer, sums);
            }
            else
            {
                Filters<TLanes>(start, count, images.Pointer, lists.Pointer, sums);
            }
        }
    }

    // Images with their paddings, the channels of a pixel side by side.
    private void Turn<TLanes>(int first, int count, float* images) where TLanes : struct, ILanes<TLanes>
    {
        nint size = (nint)shape.InChannels * shape.InHeight * shape.InWidth;
        using Scratch packed = ScratchPool.Rent(layout.ImageSize + TLanes.Count);
        for (int image = first; image < first + count; image++, images += planes)
        {
            float* source = x + (image * size), target = shape.InChannels == 1 ? images : packed.Pointer;
            if (!layout.IsImage || shape.InChannels == 1)
            {
                layout.Pack<TLanes>(source, x + (shape.Batch * size), target);
                source = target;
            }
            if (shape.InChannels > 1)
            {
                Transposition.Run<TLanes>(source, layout.PlaneSize, shape.InChannels, layout.PlaneSize, images, shape.InChannels, padded: shape.InChannels <= TLanes.Count);
            }
        }
        new Span<float>(images, margin).Clear();
    }

    private void Filters<TLanes>(int first, int images, float* x, float* lists, float* sums) where TLanes : struct, ILanes<TLanes>
    {
        int length = images * windows, segments = Segments(shape);
        float* bias = sums + (shape.OutChannels * SumsOfFilter(shape));
        WinnerTile tile = new() { X = x, Places = lists, Gradient = lists + length + TLanes.Count, Windows = length, Sums = sums };
        for (int filter = 0; filter < shape.OutChannels; filter++)
        {
            for (int image = 0; image < images; image++)
            {
                nint source = ((((nint)first + image) * shape.OutChannels) + filter) * windows;
                List<TLanes>(source, image * planes, tile.Places + (image * windows), tile.Gradient + (image * windows));
            }
            bias[filter] += Reductions.Sum(new(tile.Gradient, length));
            for (int segment = 0; segment < segments; segment += WinnerTile.Height, tile.Sums += WinnerTile.Height * TLanes.Count)
            {
                tile.Offsets = offsets + segment;
                tile.Run<TLanes>();
            }
        }
    }

    // One filter's windows in one image. In whole registers: what runs over is written afterwards, or read by nobody.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void List<TLanes>(nint source, int image, float* place, float* gradient) where TLanes : struct, ILanes<TLanes>
    {
        int channels = shape.InChannels;
        TLanes start = TLanes.Broadcast(image), zero = TLanes.Broadcast(0), one = TLanes.Broadcast(1), two = TLanes.Broadcast(2), three = TLanes.Broadcast(3);
        TLanes right = TLanes.Broadcast(channels), below = TLanes.Broadcast(layout.Pitch * channels), rightBelow = right + below;
        for (int i = 0; i < windows; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, windows - i);
            TLanes winner = TLanes.Load(winners + source + i, count);
            TLanes corner = TLanes.Select(TLanes.Equal(winner, one), right, TLanes.Select(TLanes.Equal(winner, two), below, TLanes.Select(TLanes.Equal(winner, three), rightBelow, zero)));
            TLanes.Store(TLanes.Load(places + i) + start + corner, place + i);
            TLanes.Store(TLanes.Load(dy + source + i, count), gradient + i);
        }
    }

    // Where each window begins in an image.
    private static void FillPlaces(in ConvShape shape, int pitch, float* places)
    {
        for (int row = 0; row + 1 < shape.OutHeight; row += 2)
        {
            for (int column = 0; column + 1 < shape.OutWidth; column += 2)
            {
                *places++ = WinnerTile.PlaceZero + (((row * pitch) + column) * shape.InChannels);
            }
        }
    }

    // A row of a filter is cut into registers; a last tile that is not full computes sums that nobody reads.
    private static void FillOffsets(in ConvShape shape, int pitch, int* offsets)
    {
        int registers = Registers(shape);
        for (int segment = 0; segment < Segments(shape); segment++)
        {
            int row = segment / registers;
            offsets[segment] = row < shape.KernelHeight ? (row * pitch * shape.InChannels) + (segment % registers * Lanes(shape)) : 0;
        }
    }

    private static void Write(in ConvShape shape, float* sums, float* dw, float* db, bool accumulate)
    {
        int line = Registers(shape) * Lanes(shape);
        float* bias = sums + (shape.OutChannels * SumsOfFilter(shape));
        for (int filter = 0; filter < shape.OutChannels; filter++, sums += SumsOfFilter(shape))
        {
            for (int channel = 0; channel < shape.InChannels; channel++)
            {
                for (int row = 0; row < shape.KernelHeight; row++)
                {
                    for (int column = 0; column < shape.KernelWidth; column++)
                    {
                        Put(sums[(row * line) + (column * shape.InChannels) + channel], dw++, accumulate);
                    }
                }
            }
            if (db != null)
            {
                Put(bias[filter], db++, accumulate);
            }
        }
    }

    private static void Put(float sum, float* target, bool accumulate) => *target = accumulate ? *target + sum : sum;

    private static int Windows(in ConvShape shape) => shape.OutHeight / 2 * (shape.OutWidth / 2);

    // Half a register is loaded faster than a whole one that spans two cache lines.
    private static int Lanes(in ConvShape shape) => shape.KernelWidth * shape.InChannels <= Lanes8.Count ? Math.Min(WidestLanes.Count, Lanes8.Count) : WidestLanes.Count;

    private static int Registers(in ConvShape shape) => Even.Parts(shape.KernelWidth * shape.InChannels, Lanes(shape));

    private static int Segments(in ConvShape shape) => Even.Parts(shape.KernelHeight * Registers(shape), WinnerTile.Height) * WinnerTile.Height;

    private static int SumsOfFilter(in ConvShape shape) => Segments(shape) * Lanes(shape);

    private static int BlockSize(in ConvShape shape) => ((shape.OutChannels * (SumsOfFilter(shape) + 1)) + 15) & ~15;
}
