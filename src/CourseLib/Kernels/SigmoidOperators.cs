using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>1 / (1 + e^-x) within 3 ulp on both sides, computed as e / (1 + e) with e = e^x, which on the left is as accurate as e itself, down to the subnormal numbers.</summary>
public readonly struct SigmoidOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // Below the result is 0; above e would be infinite, and the quotient is 1 long before.
        x = TLanes.AtMost(TLanes.AtLeast(x, TLanes.Broadcast(-104)), TLanes.Broadcast(88));
        TLanes e = TLanes.Scale(ExpOperator.Reduced(x, out TLanes n), n);
        return e / (e + TLanes.Broadcast(1));
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
