using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>Four registers of a tile's row.</summary>
internal unsafe struct Strip4<TLanes> : IStrip<Strip4<TLanes>, TLanes> where TLanes : struct, ILanes<TLanes>
{
    private TLanes _a;
    private TLanes _b;
    private TLanes _c;
    private TLanes _d;

    public static int Registers => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip4<TLanes> Broadcast(float value)
    {
        TLanes all = TLanes.Broadcast(value);
        return new() { _a = all, _b = all, _c = all, _d = all };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip4<TLanes> Load(float* source) => new()
    {
        _a = TLanes.Load(source),
        _b = TLanes.Load(source + TLanes.Count),
        _c = TLanes.Load(source + (2 * TLanes.Count)),
        _d = TLanes.Load(source + (3 * TLanes.Count)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip4<TLanes> Gather(float* source, int* offsets) => new()
    {
        _a = TLanes.Load(source + offsets[0]),
        _b = TLanes.Load(source + offsets[1]),
        _c = TLanes.Load(source + offsets[2]),
        _d = TLanes.Load(source + offsets[3]),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Strip4<TLanes> strip, float* target)
    {
        TLanes.Store(strip._a, target);
        TLanes.Store(strip._b, target + TLanes.Count);
        TLanes.Store(strip._c, target + (2 * TLanes.Count));
        TLanes.Store(strip._d, target + (3 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(in Strip4<TLanes> strip, float* target)
    {
        FourSums.Add(strip._a, strip._b, strip._c, strip._d, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref Strip4<TLanes> sum, in Strip4<TLanes> x, TLanes factor)
    {
        sum._a = TLanes.MultiplyAdd(x._a, factor, sum._a);
        sum._b = TLanes.MultiplyAdd(x._b, factor, sum._b);
        sum._c = TLanes.MultiplyAdd(x._c, factor, sum._c);
        sum._d = TLanes.MultiplyAdd(x._d, factor, sum._d);
    }
}
