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
        // Above 2^126 e would soon be infinite, and the quotient is 1 long before.
        TLanes m = ExpOperator.Reduced(x, out TLanes n);
        TLanes e = TLanes.Scale(m, TLanes.AtMost(n, TLanes.Broadcast(126)));
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
