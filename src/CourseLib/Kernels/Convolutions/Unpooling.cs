using System.Runtime.CompilerServices;
using CourseLib.Kernels.Poolings;

namespace CourseLib.Kernels.Convolutions;

/// <summary>The gradient of a convolution's output from that of its 2x2 max-pooling, an image for each chunk: each window's gradient to the pixel that won, 0 to the others.</summary>
internal readonly unsafe struct Unpooling(ConvShape shape, float* dy, float* winners, float* whole) : ILaneWork
{
    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        int planeSize = shape.OutHeight * shape.OutWidth, windows = shape.OutHeight / 2 * (shape.OutWidth / 2);
        nint first = (nint)chunk * shape.OutChannels;
        float* start = whole + (first * planeSize), end = start + (shape.OutChannels * planeSize);
        for (int channel = 0; channel < shape.OutChannels; channel++, first++)
        {
            Plane<TLanes>(winners + (first * windows), dy + (first * windows), whole + (first * planeSize), end);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Plane<TLanes>(float* winner, float* gradient, float* plane, float* end) where TLanes : struct, ILanes<TLanes>
    {
        int height = shape.OutHeight, width = shape.OutWidth, columns = width / 2;
        if (((width | height) & 1) != 0)
        {
            new Span<float>(plane, height * width).Clear(); // the last row or column is in no window
        }
        TLanes zero = TLanes.Broadcast(0), one = TLanes.Broadcast(1), two = TLanes.Broadcast(2), three = TLanes.Broadcast(3);
        for (int row = height; row > 1; row -= 2, plane += 2 * width, winner += columns, gradient += columns)
        {
            for (int j = 0; j < columns; j += TLanes.Count)
            {
                int count = Math.Min(TLanes.Count, columns - j);
                float* above = plane + (2 * j), below = above + width;
                // Narrow rows are written in whole registers: zeros, and what they spoil is written afterwards.
                int pixels = 2 * (columns < TLanes.Count && below + (2 * TLanes.Count) <= end ? TLanes.Count : count);
                TLanes corner = TLanes.Load(winner + j, count), value = TLanes.Load(gradient + j, count);
                Put(TLanes.Select(TLanes.Equal(corner, zero), value, zero), TLanes.Select(TLanes.Equal(corner, one), value, zero), above, pixels);
                Put(TLanes.Select(TLanes.Equal(corner, two), value, zero), TLanes.Select(TLanes.Equal(corner, three), value, zero), below, pixels);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TLanes>(TLanes even, TLanes odd, float* target, int pixels) where TLanes : struct, ILanes<TLanes>
    {
        Pairs.Join(even, odd, out TLanes low, out TLanes high);
        if (pixels == 2 * TLanes.Count)
        {
            TLanes.Store(low, target);
            TLanes.Store(high, target + TLanes.Count);
        }
        else
        {
            TLanes.Store(low, target, Math.Min(pixels, TLanes.Count));
            TLanes.Store(high, target + TLanes.Count, Math.Max(0, pixels - TLanes.Count));
        }
    }
}
