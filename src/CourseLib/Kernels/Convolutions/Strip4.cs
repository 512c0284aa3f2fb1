using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>Four registers of a tile's row.</summary>
internal unsafe struct Strip4<TLanes> : IStrip<Strip4<TLanes>, TLanes> where TLanes : struct, ILanes<TLanes>
{
    private TLanes a;
    private TLanes b;
    private TLanes c;
    private TLanes d;

    public static int Registers => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip4<TLanes> Broadcast(float value)
    {
        TLanes all = TLanes.Broadcast(value);
        return new() { a = all, b = all, c = all, d = all };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip4<TLanes> Load(float* source) => new()
    {
        a = TLanes.Load(source),
        b = TLanes.Load(source + TLanes.Count),
        c = TLanes.Load(source + (2 * TLanes.Count)),
        d = TLanes.Load(source + (3 * TLanes.Count)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip4<TLanes> Gather(float* source, int* offsets) => new()
    {
        a = TLanes.Load(source + offsets[0]),
        b = TLanes.Load(source + offsets[1]),
        c = TLanes.Load(source + offsets[2]),
        d = TLanes.Load(source + offsets[3]),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Strip4<TLanes> strip, float* target)
    {
        TLanes.Store(strip.a, target);
        TLanes.Store(strip.b, target + TLanes.Count);
        TLanes.Store(strip.c, target + (2 * TLanes.Count));
        TLanes.Store(strip.d, target + (3 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(in Strip4<TLanes> strip, float* target)
    {
        FourSums.Add(strip.a, strip.b, strip.c, strip.d, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref Strip4<TLanes> sum, in Strip4<TLanes> x, TLanes factor)
    {
        TLanes.Accumulate(ref sum.a, x.a, factor);
        TLanes.Accumulate(ref sum.b, x.b, factor);
        TLanes.Accumulate(ref sum.c, x.c, factor);
        TLanes.Accumulate(ref sum.d, x.d, factor);
    }
}
