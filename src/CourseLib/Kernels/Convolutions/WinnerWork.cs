using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// The gradient of the weights when a 2x2 max-pooling stands behind the convolution: dW[o, c, a, d] = sum over images and windows of dy[window] x[c, row + a, column + d], where (row, column) is the pixel
/// that won. That is a quarter of the sum over all pixels. A block of images for each chunk (<see cref="ImageBlocks"/>).
/// </summary>
/// <remarks>
/// With the channels of a pixel side by side a row of a filter is one run of numbers in the image, for LeNet's second convolution 5 x 6 = 30 of two registers' 32: those are the lanes. Each filter has winners of
/// its own, so nothing is shared between filters, and each multiply-add loads.
/// </remarks>
internal readonly unsafe struct WinnerWork(ConvShape shape, PlaneLayout layout, float* x, float* dy, int* winners, int* tables, float* partial) : ILaneWork
{
    /// <summary>Whether this has fewer multiply-adds, with all their unused lanes, than a sum over all pixels has.</summary>
    public static bool Suits(in ConvShape shape) =>
        shape.StrideH == 1 && shape.StrideW == 1 && (long)SumsOfFilter(shape) <= 4L * shape.Depth;

    /// <summary>Computes dW and db.</summary>
    public static void Run(in ConvShape shape, float* x, float* dy, int* winners, float* dw, float* db, bool accumulate)
    {
        PlaneLayout layout = PlaneLayout.OfInput(shape);
        int segments = Segments(shape), windows = (shape.OutHeight / 2) * (shape.OutWidth / 2), size = BlockSize(shape), chunks = ImageBlocks.Count(shape.Batch);
        using Scratch room = ScratchPool.Rent(4 + segments + windows);
        int* tables = (int*)room.Pointer;
        FillTables(shape, layout.Pitch, tables);
        using Scratch partial = ScratchPool.Rent((long)chunks * size);
        WidestLanes.For(chunks, new WinnerWork(shape, layout, x, dy, winners, tables, partial.Pointer));
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            Elementwise.Axpy(1, new(partial.Pointer + ((nint)chunk * size), size), new(partial.Pointer, size));
        }
        Write(shape, partial.Pointer, dw, db, accumulate);
    }

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        if (TLanes.Count > Lanes(shape))
        {
            Sum<Lanes8>(chunk);
        }
        else
        {
            Sum<TLanes>(chunk);
        }
    }

    private void Sum<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        float* sums = partial + ((nint)chunk * BlockSize(shape)), bias = sums + (shape.OutChannels * SumsOfFilter(shape));
        new Span<float>(sums, BlockSize(shape)).Clear();
        int windows = (shape.OutHeight / 2) * (shape.OutWidth / 2), segments = Segments(shape), length = layout.ImageSize;
        using Scratch packed = ScratchPool.Rent(length + TLanes.Count);
        using Scratch pixels = ScratchPool.Rent(((long)layout.PlaneSize * layout.Channels) + (2 * layout.Slack));
        WinnerTile tile = new() { Corners = tables, Places = tables + 4 + segments, Windows = windows };
        (int start, int end) = ImageBlocks.Of(chunk, shape.Batch);
        for (int image = start; image < end; image++)
        {
            tile.X = Turn<TLanes>(image, packed.Pointer, pixels.Pointer);
            tile.Sums = sums;
            nint first = (nint)image * shape.OutChannels * windows;
            for (int filter = 0; filter < shape.OutChannels; filter++, first += windows)
            {
                tile.Gradient = dy + first;
                tile.Winners = winners + first;
                for (int segment = 0; segment < segments; segment += WinnerTile.Height, tile.Sums += WinnerTile.Height * TLanes.Count)
                {
                    tile.Offsets = tables + 4 + segment;
                    tile.Run<TLanes>();
                }
                bias[filter] += Total<TLanes>(tile.Gradient, windows);
            }
        }
    }

    // The image with its paddings, the channels of a pixel side by side.
    private float* Turn<TLanes>(int image, float* packed, float* pixels) where TLanes : struct, ILanes<TLanes>
    {
        nint size = (nint)shape.InChannels * shape.InHeight * shape.InWidth;
        layout.Pack<TLanes>(x + (image * size), x + (shape.Batch * size), packed);
        if (shape.InChannels == 1)
        {
            return packed;
        }
        Transposition.Run<TLanes>(packed, layout.PlaneSize, shape.InChannels, layout.PlaneSize, pixels, shape.InChannels);
        return pixels;
    }

    private static float Total<TLanes>(float* gradient, int windows) where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Broadcast(0);
        int i = 0;
        for (; i <= windows - TLanes.Count; i += TLanes.Count)
        {
            sum += TLanes.Load(gradient + i);
        }
        return TLanes.Sum(i < windows ? sum + TLanes.Load(gradient + i, windows - i) : sum);
    }

    // The four corners, where each segment of a filter begins (a row of the filter is cut into registers), and where each window does.
    private static void FillTables(in ConvShape shape, int pitch, int* tables)
    {
        int channels = shape.InChannels, lanes = Lanes(shape), registers = Registers(shape), segments = Segments(shape);
        (tables[0], tables[1], tables[2], tables[3]) = (0, channels, pitch * channels, (pitch + 1) * channels);
        int* offsets = tables + 4, places = offsets + segments;
        for (int segment = 0; segment < segments; segment++)
        {
            int row = segment / registers;
            offsets[segment] = row < shape.KernelHeight ? (row * pitch * channels) + (segment % registers * lanes) : 0; // a last tile that is not full computes sums that nobody reads
        }
        for (int row = 0; row + 1 < shape.OutHeight; row += 2)
        {
            for (int column = 0; column + 1 < shape.OutWidth; column += 2)
            {
                *places++ = ((row * pitch) + column) * channels;
            }
        }
    }

    private static void Write(in ConvShape shape, float* sums, float* dw, float* db, bool accumulate)
    {
        int lanes = Lanes(shape), line = Registers(shape) * lanes;
        for (int filter = 0; filter < shape.OutChannels; filter++)
        {
            float* from = sums + (filter * SumsOfFilter(shape));
            for (int channel = 0; channel < shape.InChannels; channel++)
            {
                for (int row = 0; row < shape.KernelHeight; row++)
                {
                    for (int column = 0; column < shape.KernelWidth; column++, dw++)
                    {
                        float sum = from[(row * line) + (column * shape.InChannels) + channel];
                        *dw = accumulate ? *dw + sum : sum;
                    }
                }
            }
            if (db != null)
            {
                float sum = sums[(shape.OutChannels * SumsOfFilter(shape)) + filter];
                db[filter] = accumulate ? db[filter] + sum : sum;
            }
        }
    }

    // Half a register is loaded faster than a whole one that spans two cache lines.
    private static int Lanes(in ConvShape shape) => WidestLanes.Count > Lanes8.Count && shape.KernelWidth * shape.InChannels <= Lanes8.Count ? Lanes8.Count : WidestLanes.Count;

    private static int Registers(in ConvShape shape) => Even.Parts(shape.KernelWidth * shape.InChannels, Lanes(shape));

    private static int Segments(in ConvShape shape) => Even.Parts(shape.KernelHeight * Registers(shape), WinnerTile.Height) * WinnerTile.Height;

    private static int SumsOfFilter(in ConvShape shape) => Segments(shape) * Lanes(shape);

    private static int BlockSize(in ConvShape shape) => (shape.OutChannels * (SumsOfFilter(shape) + 1) + 15) & ~15;
}
