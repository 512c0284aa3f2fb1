using System.Runtime.CompilerServices;
using CourseLib.Kernels.Poolings;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// Where the sums of a convolution go when a max-pooling of 2x2 windows at stride 2 follows: the largest of each window, and which of the four corners it stood in, the first of equals. The sums are in the
/// first-level cache, and three quarters of them need no store.
/// </summary>
/// <param name="shape">The convolution's sizes.</param>
/// <param name="y">Output [batch, channels, windows].</param>
/// <param name="winners">Corners [batch, channels, windows], or null.</param>
/// <param name="rectify">Whether negative outputs become 0.</param>
internal readonly unsafe struct PooledTarget(ConvShape shape, float* y, float* winners, bool rectify)
{
    private readonly int rows = shape.OutHeight / 2;
    private readonly int columns = shape.OutWidth / 2;

    // ReLU, or nothing.
    private readonly float floor = rectify ? 0 : float.NegativeInfinity;

    /// <summary>Whether there is a pooling.</summary>
    public bool IsWanted => y != null;

    /// <summary>Stores some channels of an image from planes: lanes are pixels, neighbours a window. A strip more than the last row is read.</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">First channel.</param>
    /// <param name="end">Channel after the last.</param>
    /// <param name="source">The first channel's plane.</param>
    /// <param name="planeSize">Elements from one plane to the next.</param>
    /// <param name="pitch">Elements from one row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WritePlanes<TLanes>(int image, int first, int end, float* source, int planeSize, int pitch) where TLanes : struct, ILanes<TLanes>
    {
        TLanes least = TLanes.Broadcast(floor);
        nint start = (((nint)image * shape.OutChannels) + first) * rows * columns, stop = start + ((nint)(end - first) * rows * columns);
        for (int channel = first; channel < end; channel++, source += planeSize)
        {
            float* row = source;
            for (int i = 0; i < rows; i++, row += 2 * pitch, start += columns)
            {
                for (int j = 0; j < columns; j += TLanes.Count)
                {
                    float* above = row + (2 * j), below = above + pitch;
                    Pairs.Split(TLanes.Load(above), TLanes.Load(above + TLanes.Count), out TLanes a, out TLanes b);
                    Pairs.Split(TLanes.Load(below), TLanes.Load(below + TLanes.Count), out TLanes c, out TLanes d);
                    TLanes largest = Largest(a, b, c, d, least, out TLanes corner);
                    // Whole registers as long as they stay among these channels: what they spoil is written afterwards.
                    int count = start + j + TLanes.Count <= stop ? TLanes.Count : Math.Min(TLanes.Count, columns - j);
                    Store(largest, y + start + j, count);
                    if (winners != null)
                    {
                        Store(corner, winners + start + j, count);
                    }
                }
            }
        }
    }

    /// <summary>Stores some channels of an image from pixels: lanes are channels.</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">First channel.</param>
    /// <param name="source">[pixels, <paramref name="width"/>]; overwritten.</param>
    /// <param name="width">Channels of a pixel, whole registers; those that the image does not have are dropped.</param>
    public void WritePixels<TLanes>(int image, int first, float* source, int width) where TLanes : struct, ILanes<TLanes>
    {
        int windows = rows * columns, count = Math.Min(width, shape.OutChannels - first);
        nint start = (((nint)image * shape.OutChannels) + first) * windows;
        if (winners == null)
        {
            Pool<TLanes>(source, null, width);
        }
        else
        {
            using Scratch corners = ScratchPool.Rent((long)windows * width);
            Pool<TLanes>(source, corners.Pointer, width);
            Transposition.Run<TLanes>(corners.Pointer, width, windows, count, winners + start, windows);
        }
        Transposition.Run<TLanes>(source, width, windows, count, y + start, windows);
    }

    // In place: a window's result goes where a window before it, or its own first pixel, was.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pool<TLanes>(float* sums, float* corners, int width) where TLanes : struct, ILanes<TLanes>
    {
        TLanes least = TLanes.Broadcast(floor);
        nint line = (nint)shape.OutWidth * width;
        float* pooled = sums;
        for (int i = 0; i < rows; i++)
        {
            float* window = sums + (2 * i * line);
            for (int j = 0; j < columns; j++, window += 2 * width, pooled += width, corners += width)
            {
                for (int lane = 0; lane < width; lane += TLanes.Count)
                {
                    float* above = window + lane, below = above + line;
                    TLanes largest = Largest(TLanes.Load(above), TLanes.Load(above + width), TLanes.Load(below), TLanes.Load(below + width), least, out TLanes corner);
                    TLanes.Store(largest, pooled + lane);
                    if (winners != null)
                    {
                        TLanes.Store(corner, corners + lane);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Largest<TLanes>(TLanes a, TLanes b, TLanes c, TLanes d, TLanes least, out TLanes corner) where TLanes : struct, ILanes<TLanes>
    {
        TLanes right = TwoByTwo.Wins(a, b), rightBelow = TwoByTwo.Wins(c, d);
        TLanes top = TLanes.Select(right, b, a), bottom = TLanes.Select(rightBelow, d, c), below = TwoByTwo.Wins(top, bottom);
        corner = TLanes.Select(below, TLanes.Select(rightBelow, TLanes.Broadcast(3), TLanes.Broadcast(2)), TLanes.Select(right, TLanes.Broadcast(1), TLanes.Broadcast(0)));
        return TLanes.AtLeast(TLanes.Select(below, bottom, top), least);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(TLanes value, float* target, int count) where TLanes : struct, ILanes<TLanes>
    {
        if (count == TLanes.Count)
        {
            TLanes.Store(value, target);
        }
        else
        {
            TLanes.Store(value, target, count);
        }
    }
}
