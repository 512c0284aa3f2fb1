using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>Three registers of a tile's row.</summary>
internal unsafe struct Strip3<TLanes> : IStrip<Strip3<TLanes>, TLanes> where TLanes : struct, ILanes<TLanes>
{
    private TLanes a;
    private TLanes b;
    private TLanes c;

    public static int Registers => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3<TLanes> Broadcast(float value)
    {
        TLanes all = TLanes.Broadcast(value);
        return new() { a = all, b = all, c = all };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3<TLanes> Load(float* source) => new()
    {
        a = TLanes.Load(source),
        b = TLanes.Load(source + TLanes.Count),
        c = TLanes.Load(source + (2 * TLanes.Count)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip3<TLanes> Gather(float* source, int* offsets) => new()
    {
        a = TLanes.Load(source + offsets[0]),
        b = TLanes.Load(source + offsets[1]),
        c = TLanes.Load(source + offsets[2]),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Strip3<TLanes> strip, float* target)
    {
        TLanes.Store(strip.a, target);
        TLanes.Store(strip.b, target + TLanes.Count);
        TLanes.Store(strip.c, target + (2 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(in Strip3<TLanes> strip, float* target)
    {
        FourSums.Add(strip.a, strip.b, strip.c, TLanes.Broadcast(0), target); // the fourth adds zero to the neighbour
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref Strip3<TLanes> sum, in Strip3<TLanes> x, TLanes factor)
    {
        TLanes.Accumulate(ref sum.a, x.a, factor);
        TLanes.Accumulate(ref sum.b, x.b, factor);
        TLanes.Accumulate(ref sum.c, x.c, factor);
    }
}
