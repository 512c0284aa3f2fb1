using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>x / (1 + |x|).</summary>
public readonly struct SoftsignOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        x / (TLanes.Broadcast(1) + TLanes.Abs(x));
}

/// <summary>dx = dy / (1 + |x|)^2.</summary>
public readonly struct SoftsignGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes d = TLanes.Broadcast(1) + TLanes.Abs(x);
        return dy / d / d;
    }
}
