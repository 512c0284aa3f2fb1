using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>scale * x + shift.</summary>
/// <param name="scale">What every element is multiplied with.</param>
/// <param name="shift">What is added.</param>
public readonly struct AffineOperator(float scale, float shift) : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        (x * TLanes.Broadcast(scale)) + TLanes.Broadcast(shift);
}

/// <summary>The share of max(a, b) that is owed to a: 1 where a is larger, 0 where it is smaller, 1/2 where they are equal.</summary>
public readonly struct MaximumShareOperator : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(
            TLanes.LessThan(b, a),
            TLanes.Broadcast(1),
            TLanes.Select(TLanes.LessThan(a, b), TLanes.Broadcast(0), TLanes.Broadcast(0.5f)));
}
