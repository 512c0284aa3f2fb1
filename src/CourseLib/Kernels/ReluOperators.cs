using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>max(x, 0); NaN stays NaN.</summary>
public readonly struct ReluOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> => TLanes.AtLeast(x, TLanes.Broadcast(0));
}

/// <summary>dx = dy where y &gt; 0, else 0, for y = relu(x); the input x gives the same as y.</summary>
public readonly struct ReluGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes y) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.LessThan(TLanes.Broadcast(0), y), dy, TLanes.Broadcast(0));
}

/// <summary>x for x &gt; 0, else slope * x; NaN stays NaN.</summary>
/// <param name="slope">Slope for negative x (torch: 0.01).</param>
public readonly struct LeakyReluOperator(float slope) : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.LessThan(TLanes.Broadcast(0), x), x, x * TLanes.Broadcast(slope));
}

/// <summary>dx = dy where x &gt; 0, else slope * dy.</summary>
/// <param name="slope">Slope for negative x (torch: 0.01).</param>
public readonly struct LeakyReluGradient(float slope) : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.LessThan(TLanes.Broadcast(0), x), dy, dy * TLanes.Broadcast(slope));
}
