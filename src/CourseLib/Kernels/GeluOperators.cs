using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>
/// x Phi(x), with Phi the normal distribution function, because the left tail is computed as such and not as 1 + erf: within 3 ulp over the whole range with AVX-512 (<see cref="NormalTable"/>),
/// within 3.5 with other registers (tried: all floats with |x| above 0.002, every eighth below). The sign is that of x, also for ±0 and -inf.
/// </summary>
public readonly struct GeluOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // x Phi(x) = max(x, 0) - t Phi(-t) for t = |x|. The power of two comes last: subnormal results are rounded once. The larger one of -0 and a negative x is -0, and the sum stays below 0.
        TLanes t = TLanes.AtMost(TLanes.Abs(x), TLanes.Broadcast(NormalTable.End));
        TLanes half = t * TLanes.Broadcast(-0.5f);
        TLanes tail = ExpOperator.ReducedProduct(half, t, MinusTimesRatio(t, half), out TLanes n);
        return TLanes.AtLeast(x, TLanes.Broadcast(-0f)) + TLanes.Scale(tail, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes MinusTimesRatio<TLanes>(TLanes t, TLanes half) where TLanes : struct, ILanes<TLanes> =>
        typeof(TLanes) == typeof(Lanes16)
            ? Unsafe.BitCast<Vector512<float>, TLanes>(NormalTable.MinusTimesRatio(Unsafe.BitCast<TLanes, Vector512<float>>(t), Unsafe.BitCast<TLanes, Vector512<float>>(half)))
            : NormalTail.MinusTimesRatio(t, half);
}

/// <summary>dx = dy (Phi(x) + x phi(x)), with phi the normal density.</summary>
public readonly struct GeluGradient : IBinaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // h = Phi(-|x|) - |x| phi(x) is the derivative on the left; on the right it is 1 - h.
        TLanes t = TLanes.AtMost(TLanes.Abs(x), TLanes.Broadcast(NormalTail.End));
        TLanes ratio = TLanes.MultiplyAdd(t, TLanes.Broadcast(-0.398942280f), NormalTail.Ratio(t));
        TLanes h = TLanes.Scale(ExpOperator.ReducedProduct(t * TLanes.Broadcast(-0.5f), t, ratio, out TLanes n), n);
        return dy * TLanes.Select(TLanes.LessThan(x, TLanes.Broadcast(0)), h, TLanes.Broadcast(1) - h);
    }
}

/// <summary>x (1 + tanh u) / 2 with u = sqrt(2/pi) (x + 0.044715 x^3), computed as x sigmoid(2u), which loses nothing on the left.</summary>
public readonly struct GeluTanhOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <summary>2 sqrt(2/pi).</summary>
    internal const float Linear = 1.59576912f;

    /// <summary>2 sqrt(2/pi) 0.044715.</summary>
    internal const float Cubic = 0.0713548163f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes slope = TLanes.MultiplyAdd(x * x, TLanes.Broadcast(Cubic), TLanes.Broadcast(Linear));
        return x * default(SigmoidOperator).Invoke(x * slope);
    }
}

/// <summary>dx = dy s (1 + x (1 - s) 2u') for s = sigmoid(2u) of <see cref="GeluTanhOperator"/>.</summary>
public readonly struct GeluTanhGradient : IBinaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes squared = x * x;
        TLanes u = x * TLanes.MultiplyAdd(squared, TLanes.Broadcast(GeluTanhOperator.Cubic), TLanes.Broadcast(GeluTanhOperator.Linear));
        TLanes slope = TLanes.MultiplyAdd(squared, TLanes.Broadcast(3 * GeluTanhOperator.Cubic), TLanes.Broadcast(GeluTanhOperator.Linear));
        SwishGate.At(u, out TLanes s, out TLanes rest);
        return dy * (s * (TLanes.Broadcast(1) + (x * slope * rest)));
    }
}
