using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// e^x within 1 ulp: x = n ln 2 + r with |r| &lt;= ln(2)/2, a polynomial for e^r, and n into the exponent field.
/// exp(-inf) = 0, exp(inf) = inf, NaN stays NaN, subnormal results are rounded once.
/// </summary>
public readonly struct ExpOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // Beyond these the result is 0 or infinity; comparisons are false for NaN, which so passes through.
        TLanes low = TLanes.Broadcast(-104);
        TLanes high = TLanes.Broadcast(89);
        x = TLanes.Select(TLanes.LessThan(x, low), low, x);
        x = TLanes.Select(TLanes.LessThan(high, x), high, x);
        TLanes p = ReducedMinusOne(x, out TLanes n) + TLanes.Broadcast(1);

        // 2^n in two factors: n reaches from -150 to 128, one exponent field does not.
        TLanes half = TLanes.Round(n * TLanes.Broadcast(0.5f));
        return p * TLanes.PowerOfTwo(half) * TLanes.PowerOfTwo(n - half);
    }

    /// <summary>e^r - 1 for the rest r of x = n ln 2 + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes ReducedMinusOne<TLanes>(TLanes x, out TLanes n) where TLanes : struct, ILanes<TLanes>
    {
        // ln 2 in two parts, the first with few bits, so that n * part is exact and r loses nothing to cancellation (Cody and Waite).
        n = TLanes.Round(x * TLanes.Broadcast(1.44269504f));
        TLanes r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-0.693359375f), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(2.12194440e-4f), r);

        // (e^r - 1 - r) / r^2 on [-0.347, 0.347]: minimax coefficients by Remez's exchange, weighted for relative error.
        TLanes p = TLanes.Broadcast(1.97892609e-4f);
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1.39457522e-3f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(8.33350376e-3f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(4.16662803e-2f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1.66666658e-1f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.500000007f));
        return TLanes.MultiplyAdd(p, r * r, r);
    }
}
