using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>sums[t, lane] += sum over windows i of gradient[i] x[places[i] + offsets[t] + lane] for five offsets t.</summary>
/// <remarks>
/// The lanes lie side by side in a row of a filter, and each multiply-add loads them for itself: as most of these registers begin in one cache line and end in the next, such a load is two, and they are the
/// limit. Five sums would wait for their own last addition, four cycles; with windows in turn there are ten.
/// </remarks>
internal unsafe struct WinnerTile
{
    /// <summary>Sums of each lane.</summary>
    public const int Height = 5;

    /// <summary>What a place is stored as: 2^23 + n as a float, whose bits are those of 2^23 plus n, so that places are added up as floats and read as integers.</summary>
    public const float PlaceZero = 1 << 23;

    public float* X;

    /// <summary>Five.</summary>
    public int* Offsets;

    /// <summary>Where the winner of each window is.</summary>
    public float* Places;

    /// <summary>The gradient of each window.</summary>
    public float* Gradient;

    public int Windows;

    /// <summary>[five, lanes].</summary>
    public float* Sums;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes>() where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0);
        TLanes even0 = zero, even1 = zero, even2 = zero, even3 = zero, even4 = zero, odd0 = zero, odd1 = zero, odd2 = zero, odd3 = zero, odd4 = zero;
        nint o0 = Offsets[0], o1 = Offsets[1], o2 = Offsets[2], o3 = Offsets[3], o4 = Offsets[4];
        float* x = X - BitConverter.SingleToInt32Bits(PlaceZero), gradient = Gradient, end = gradient + Windows;
        int* place = (int*)Places;
        for (; gradient + 1 < end; gradient += 2, place += 2)
        {
            float* even = x + place[0], odd = x + place[1];
            TLanes left = TLanes.Broadcast(gradient[0]), right = TLanes.Broadcast(gradient[1]);
            TLanes.Accumulate(ref even0, left, TLanes.Load(even + o0));
            TLanes.Accumulate(ref even1, left, TLanes.Load(even + o1));
            TLanes.Accumulate(ref even2, left, TLanes.Load(even + o2));
            TLanes.Accumulate(ref even3, left, TLanes.Load(even + o3));
            TLanes.Accumulate(ref even4, left, TLanes.Load(even + o4));
            TLanes.Accumulate(ref odd0, right, TLanes.Load(odd + o0));
            TLanes.Accumulate(ref odd1, right, TLanes.Load(odd + o1));
            TLanes.Accumulate(ref odd2, right, TLanes.Load(odd + o2));
            TLanes.Accumulate(ref odd3, right, TLanes.Load(odd + o3));
            TLanes.Accumulate(ref odd4, right, TLanes.Load(odd + o4));
        }
        if (gradient < end)
        {
            float* even = x + place[0];
            TLanes left = TLanes.Broadcast(gradient[0]);
            TLanes.Accumulate(ref even0, left, TLanes.Load(even + o0));
            TLanes.Accumulate(ref even1, left, TLanes.Load(even + o1));
            TLanes.Accumulate(ref even2, left, TLanes.Load(even + o2));
            TLanes.Accumulate(ref even3, left, TLanes.Load(even + o3));
            TLanes.Accumulate(ref even4, left, TLanes.Load(even + o4));
        }

        float* sums = Sums;
        TLanes.Store(TLanes.Load(sums) + (even0 + odd0), sums);
        TLanes.Store(TLanes.Load(sums + TLanes.Count) + (even1 + odd1), sums + TLanes.Count);
        TLanes.Store(TLanes.Load(sums + (2 * TLanes.Count)) + (even2 + odd2), sums + (2 * TLanes.Count));
        TLanes.Store(TLanes.Load(sums + (3 * TLanes.Count)) + (even3 + odd3), sums + (3 * TLanes.Count));
        TLanes.Store(TLanes.Load(sums + (4 * TLanes.Count)) + (even4 + odd4), sums + (4 * TLanes.Count));
    }
}
