using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>Three registers of a tile's row.</summary>
internal unsafe struct Strip3<TLanes> : IStrip<Strip3<TLanes>, TLanes> where TLanes : struct, ILanes<TLanes>
{
    private TLanes _a;
    private TLanes _b;
    private TLanes _c;

    public static int Registers => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3<TLanes> Broadcast(float value)
    {
        TLanes all = TLanes.Broadcast(value);
        return new() { _a = all, _b = all, _c = all };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3<TLanes> Load(float* source) => new()
    {
        _a = TLanes.Load(source),
        _b = TLanes.Load(source + TLanes.Count),
        _c = TLanes.Load(source + (2 * TLanes.Count)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3<TLanes> Gather(float* source, int* offsets) => new()
    {
        _a = TLanes.Load(source + offsets[0]),
        _b = TLanes.Load(source + offsets[1]),
        _c = TLanes.Load(source + offsets[2]),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Strip3<TLanes> strip, float* target)
    {
        TLanes.Store(strip._a, target);
        TLanes.Store(strip._b, target + TLanes.Count);
        TLanes.Store(strip._c, target + (2 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(in Strip3<TLanes> strip, float* target)
    {
        FourSums.Add(strip._a, strip._b, strip._c, TLanes.Broadcast(0), target); // the fourth adds zero to the neighbour
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref Strip3<TLanes> sum, in Strip3<TLanes> x, TLanes factor)
    {
        sum._a = TLanes.MultiplyAdd(x._a, factor, sum._a);
        sum._b = TLanes.MultiplyAdd(x._b, factor, sum._b);
        sum._c = TLanes.MultiplyAdd(x._c, factor, sum._c);
    }
}
