using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>1 / (1 + e^-x), within 3 ulp on both sides: with e = exp(-|x|) it is 1 / (1 + e) or e / (1 + e), and neither overflows.</summary>
public readonly struct SigmoidOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes e = default(ExpOperator).Invoke(-TLanes.Abs(x));
        return TLanes.Select(TLanes.LessThan(x, TLanes.Broadcast(0)), e, one) / (one + e);
    }
}

/// <summary>dx = dy y (1 - y) for y = sigmoid(x).</summary>
public readonly struct SigmoidGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes y) where TLanes : struct, ILanes<TLanes> =>
        dy * (y * (TLanes.Broadcast(1) - y));
}
