using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Normalizations;

/// <summary>(x - mean) scale + shift where each column has its own three numbers.</summary>
internal readonly unsafe struct NormalizeColumns(float* x, float* mean, float* scale, float* shift) : IElements
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(nint i) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(TLanes.Load(x + i) - TLanes.Load(mean + i), TLanes.Load(scale + i), TLanes.Load(shift + i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(nint i, int count) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(TLanes.Load(x + i, count) - TLanes.Load(mean + i, count), TLanes.Load(scale + i, count), TLanes.Load(shift + i, count));
}
