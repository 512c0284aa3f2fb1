using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// Where the pixels of one image lie while a convolution works on it. Every channel becomes a plane whose rows are <see cref="Pitch"/> apart, with zeros
/// between them: the gutter on the right of a row is the one on the left of the next. Flattened, pixel (i, j) of a window that starts at q is at
/// q + i Pitch + j, a constant offset, so a convolution is a matrix product without im2col. With a stride s each channel becomes s x s such planes, one
/// for each phase of the coordinates, and the stride is gone.
/// </summary>
/// <param name="Channels">Channels of the image.</param>
/// <param name="Height">Rows of the image.</param>
/// <param name="Width">Columns of the image.</param>
/// <param name="StrideH">Phases along the rows.</param>
/// <param name="StrideW">Phases along the columns.</param>
/// <param name="PadTop">Zero rows above.</param>
/// <param name="PadLeft">Zero columns at the left.</param>
/// <param name="Rows">Rows of a plane.</param>
/// <param name="Pitch">Elements from row to row.</param>
/// <param name="PlaneSize">Elements from plane to plane.</param>
/// <param name="Shifts">Copies of each plane, each one column further left; 1: no copies.</param>
internal readonly record struct PlaneLayout(
    int Channels, int Height, int Width, int StrideH, int StrideW, int PadTop, int PadLeft, int Rows, int Pitch, int PlaneSize, int Shifts = 1)
{
    // Copies that fit into the first-level cache.
    private const int MostShifted = 12 * 1024;

    /// <summary>Zeros after the last plane: tiles read whole registers, up to a strip of four beyond the last pixel, and shared gutters one padding more.</summary>
    public int Slack => 128 + PadLeft;

    /// <summary>Elements of an image with its slack.</summary>
    public int ImageSize => (Channels * StrideH * StrideW * Shifts * PlaneSize) + Slack;

    /// <summary>Whether an image is its own planes: no stride, no padding, nothing to pack for those who read real pixels only.</summary>
    public bool IsImage => StrideH == 1 && StrideW == 1 && Shifts == 1 && PadTop == 0 && PadLeft == 0 && Pitch == Width && Rows == Height;

    /// <summary>Layout of a convolution's input.</summary>
    public static PlaneLayout OfInput(in ConvShape s)
    {
        int rows = s.OutHeight + ((s.KernelHeight - 1) / s.StrideH);
        // At least the output's width (more than the input with its gutter when a padding is wider than the window): output rows must not overlap.
        int pitch = s.StrideW == 1
            ? Math.Max(s.OutWidth, s.InWidth + Math.Max(s.PadLeft, s.PadRight))
            : s.OutWidth + ((s.KernelWidth - 1) / s.StrideW);
        return new(s.InChannels, s.InHeight, s.InWidth, s.StrideH, s.StrideW, s.PadTop, s.PadLeft, rows, pitch, rows * pitch);
    }

    /// <summary>
    /// Layout of the input for kernels whose lanes are pixels. Of a small image each filter's column gets a copy that is shifted so far: no gutters, the flattened pixels are
    /// those of the output, which is stored from the registers, no element too many.
    /// </summary>
    public static PlaneLayout OfPixels(in ConvShape s)
    {
        PlaneLayout plain = OfInput(s);
        int size = plain.Rows * s.OutWidth;
        bool shifted = s.StrideH == 1 && s.StrideW == 1 && plain.Pitch > s.OutWidth && s.InChannels * s.KernelWidth * size <= MostShifted;
        return shifted ? plain with { Pitch = s.OutWidth, PlaneSize = size, Shifts = s.KernelWidth } : plain;
    }

    /// <summary>Offset of a filter's weight (channel, row, column) from a window's first pixel.</summary>
    public int Offset(int channel, int row, int column)
    {
        if (Shifts > 1)
        {
            return (((channel * Shifts) + column) * PlaneSize) + (row * Pitch);
        }
        int phase = ((row % StrideH) * StrideW) + (column % StrideW);
        return (((channel * StrideH * StrideW) + phase) * PlaneSize) + (row / StrideH * Pitch) + (column / StrideW);
    }

    /// <summary>The offsets of all of a filter's weights.</summary>
    public unsafe void FillOffsets(in ConvShape shape, int* offsets)
    {
        for (int channel = 0; channel < shape.InChannels; channel++)
        {
            for (int row = 0; row < shape.KernelHeight; row++)
            {
                for (int column = 0; column < shape.KernelWidth; column++)
                {
                    *offsets++ = Offset(channel, row, column);
                }
            }
        }
    }

    /// <summary>Copies one image into its planes.</summary>
    /// <param name="image">The image.</param>
    /// <param name="end">The end of the whole batch: whole registers may be read up to there.</param>
    /// <param name="planes">Room for <see cref="ImageSize"/> floats and a register more.</param>
    public unsafe void Pack<TLanes>(float* image, float* end, float* planes) where TLanes : struct, ILanes<TLanes>
    {
        if (Shifts > 1)
        {
            PackShifted<TLanes>(image, end, planes);
            return;
        }
        bool plain = StrideH == 1 && StrideW == 1;
        for (int channel = 0; channel < Channels; channel++, image += Height * Width)
        {
            if (plain)
            {
                PackPlane<TLanes>(image, end, planes);
                planes += PlaneSize;
                continue;
            }
            for (int phase = 0; phase < StrideH * StrideW; phase++, planes += PlaneSize)
            {
                PackPhase<TLanes>(image, planes, PhaseAxis.Of(phase / StrideW, Height, 0, StrideH, PadTop), PhaseAxis.Of(phase % StrideW, Width, 0, StrideW, PadLeft));
            }
        }
        Clear<TLanes>(planes, Slack);
    }

    private unsafe void PackShifted<TLanes>(float* image, float* end, float* planes) where TLanes : struct, ILanes<TLanes>
    {
        int pitch = Pitch + Shifts - 1;
        PlaneLayout plain = this with { Pitch = pitch, PlaneSize = Rows * pitch, Shifts = 1 };
        using Scratch scratch = ScratchPool.Rent(plain.ImageSize + TLanes.Count);
        plain.Pack<TLanes>(image, end, scratch.Pointer);
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int shift = 0; shift < Shifts; shift++, planes += PlaneSize)
            {
                CopyRows<TLanes>(scratch.Pointer + (channel * plain.PlaneSize) + shift, pitch, planes);
            }
        }
        Clear<TLanes>(planes, Slack);
    }

    // In whole registers: what runs over lands in the next row or plane, which is written afterwards, or in the slack.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void CopyRows<TLanes>(float* source, int sourcePitch, float* target) where TLanes : struct, ILanes<TLanes>
    {
        for (int row = 0; row < Rows; row++, source += sourcePitch, target += Pitch)
        {
            for (int i = 0; i < Pitch; i += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(source + i), target + i);
            }
        }
    }

    // Rows are written in whole registers, then the gutter's zeros. What runs over lands in the next row, which is written afterwards, or in the slack.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void PackPlane<TLanes>(float* image, float* end, float* plane) where TLanes : struct, ILanes<TLanes>
    {
        int lead = (PadTop * Pitch) + PadLeft;
        Clear<TLanes>(plane, lead);
        float* target = plane + lead;
        bool gapless = Pitch == Width;
        int rows = gapless ? 1 : Height, length = gapless ? Height * Width : Width, gutter = Pitch - Width;
        for (int row = 0; row < rows; row++, image += length, target += length + gutter)
        {
            CopyRow<TLanes>(image, end, target, length);
            Clear<TLanes>(target + length, gutter);
        }
        Clear<TLanes>(target, (int)(plane + PlaneSize - target));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void CopyRow<TLanes>(float* source, float* end, float* target, int length) where TLanes : struct, ILanes<TLanes>
    {
        int i = 0;
        for (; i < length && source + i + TLanes.Count <= end; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(source + i), target + i);
        }
        if (i < length)
        {
            TLanes.Store(TLanes.Load(source + i, length - i), target + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void PackPhase<TLanes>(float* image, float* plane, PhaseAxis vertical, PhaseAxis horizontal) where TLanes : struct, ILanes<TLanes>
    {
        Clear<TLanes>(plane, PlaneSize);
        int rows = Math.Min(vertical.First + vertical.Count, Rows), columns = Math.Min(horizontal.First + horizontal.Count, Pitch);
        for (int row = vertical.First; row < rows; row++)
        {
            float* source = image + ((nint)(vertical.Pixel + ((row - vertical.First) * StrideH)) * Width) + horizontal.Pixel;
            float* target = plane + ((nint)row * Pitch);
            for (int column = horizontal.First; column < columns; column++, source += StrideW)
            {
                target[column] = *source;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Clear<TLanes>(float* target, int length) where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0);
        for (int i = 0; i < length; i += TLanes.Count)
        {
            TLanes.Store(zero, target + i);
        }
    }
}
