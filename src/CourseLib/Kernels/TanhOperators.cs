using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// tanh x within 3 ulp, as h / (h + 1) with h = (e^2x - 1) / 2: one formula for all x, because e^2x - 1 is computed as such and has all
/// its digits near 0. tanh(-x) = -tanh(x), tanh(±0) = ±0, tanh(±inf) = ±1 exactly; NaN stays NaN.
/// </summary>
public readonly struct TanhOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // |x| = n ln(2)/2 + r, as in ExpOperator with everything halved; above 10 the result is 1.
        TLanes size = TLanes.AtMost(TLanes.Abs(x), TLanes.Broadcast(10));
        TLanes magic = TLanes.Broadcast(ExpOperator.RoundingMagic);
        TLanes n = TLanes.MultiplyAdd(size, TLanes.Broadcast(2 * ExpOperator.Log2E), magic) - magic;
        TLanes r = TLanes.MultiplyAdd(n, TLanes.Broadcast(ExpOperator.Ln2High / -2), size);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(ExpOperator.Ln2Low / -2), r);

        // (e^2r - 1) / 2 = r + r^2 p(r) on [-0.174, 0.174]: ExpOperator's coefficients times 2, 4, 8 and so on.
        TLanes p = TLanes.Broadcast(0.0444265008f);
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.133864984f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.333337545f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.666661739f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.99999994f));
        TLanes q = TLanes.MultiplyAdd(p, r * r, r);

        // (2^n e^2r - 1) / 2 = 2^n q + (2^n - 1) / 2.
        TLanes half = TLanes.Broadcast(0.5f);
        TLanes power = TLanes.PowerOfTwo(n);
        TLanes h = TLanes.MultiplyAdd(power, q, TLanes.MultiplyAdd(power, half, -half));
        return TLanes.CopySign(h / (h + TLanes.Broadcast(1)), x);
    }
}

/// <summary>dx = dy (1 - y^2) for y = tanh(x).</summary>
public readonly struct TanhGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes y) where TLanes : struct, ILanes<TLanes> =>
        dy * (TLanes.Broadcast(1) - (y * y));
}
