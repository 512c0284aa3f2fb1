using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>x for x &gt; 0, else slope * x, with a slope for each element; NaN stays NaN.</summary>
public readonly struct PReluOperator : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x, TLanes slope) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.LessThan(TLanes.Broadcast(0), x), x, slope * x);
}

/// <summary>The derivative of <see cref="PReluOperator"/> with respect to x: 1 for x &gt; 0, else the slope.</summary>
public readonly struct PReluDerivative : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x, TLanes slope) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.LessThan(TLanes.Broadcast(0), x), TLanes.Broadcast(1), slope);
}

/// <summary>The derivative of <see cref="PReluOperator"/> with respect to the slope: 0 for x &gt; 0, else x.</summary>
public readonly struct PReluSlopeDerivative : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x, TLanes slope) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.LessThan(TLanes.Broadcast(0), x), TLanes.Broadcast(0), x);
}
