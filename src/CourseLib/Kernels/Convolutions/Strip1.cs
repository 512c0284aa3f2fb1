using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>One register of a tile's row.</summary>
internal unsafe struct Strip1<TLanes> : IStrip<Strip1<TLanes>, TLanes> where TLanes : struct, ILanes<TLanes>
{
    private TLanes a;

    public static int Registers => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip1<TLanes> Broadcast(float value)
    {
        TLanes all = TLanes.Broadcast(value);
        return new() { a = all };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip1<TLanes> Load(float* source) => new()
    {
        a = TLanes.Load(source),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip1<TLanes> Gather(float* source, int* offsets) => new()
    {
        a = TLanes.Load(source + offsets[0]),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in Strip1<TLanes> strip, float* target)
    {
        TLanes.Store(strip.a, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(in Strip1<TLanes> strip, float* target)
    {
        target[0] += TLanes.Sum(strip.a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(ref Strip1<TLanes> sum, in Strip1<TLanes> x, TLanes factor)
    {
        TLanes.Accumulate(ref sum.a, x.a, factor);
    }
}
