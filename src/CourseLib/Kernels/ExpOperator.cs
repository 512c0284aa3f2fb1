using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>
/// e^x within 1.25 ulp: x = n ln 2 + r with |r| &lt;= ln(2)/2 (Cody and Waite), a polynomial for e^r, and n into the exponent field; with AVX-512 <see cref="ExpTable"/>.
/// exp(-inf) = 0, exp(inf) = inf, NaN stays NaN; a subnormal result is rounded once more.
/// </summary>
public readonly struct ExpOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    // Adding and subtracting 1.5 * 2^23 rounds to an integer: numbers of that size have no digits behind the point. The addition is
    // part of a fused multiply-add, and the two are faster than a rounding instruction.
    internal const float RoundingMagic = 12582912;

    /// <summary>1 / ln 2.</summary>
    internal const float Log2E = 1.44269504f;

    // ln 2 in two parts, the first with so few bits that n * part is exact and r loses nothing to cancellation.
    internal const float Ln2High = 0.693145752f, Ln2Low = 1.42860677e-6f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> => TLanes.Scale(Reduced(x, out TLanes n), n);

    /// <summary>e^x as m 2^n with m, which is returned, near 1 (<see cref="ILanes{TSelf}.Scale"/>); whatever x is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Reduced<TLanes>(TLanes x, out TLanes n) where TLanes : struct, ILanes<TLanes>
    {
        if (typeof(TLanes) == typeof(Lanes16))
        {
            Vector512<float> m = ExpTable.Reduced(Unsafe.BitCast<TLanes, Vector512<float>>(x), out Vector512<float> power);
            n = Unsafe.BitCast<Vector512<float>, TLanes>(power);
            return Unsafe.BitCast<Vector512<float>, TLanes>(m);
        }

        // Beyond these the result is 0 or infinity anyway.
        x = TLanes.AtMost(TLanes.AtLeast(x, TLanes.Broadcast(-104)), TLanes.Broadcast(89));
        TLanes one = TLanes.Broadcast(1);
        TLanes r = Rest(x, out n);
        return TLanes.MultiplyAdd(TLanes.MultiplyAdd(Curvature(r), r, one), r, one);
    }

    /// <summary>e^r - 1, with all its digits near r = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes ReducedMinusOne<TLanes>(TLanes x, out TLanes n) where TLanes : struct, ILanes<TLanes>
    {
        TLanes r = Rest(x, out n);
        return TLanes.MultiplyAdd(Curvature(r), r * r, r);
    }

    /// <summary>c e^r for the rest r of a b = n ln 2 + r. The product is never rounded: its rounding error would be multiplied by the slope, which is e^(a b) itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes ReducedProduct<TLanes>(TLanes a, TLanes b, TLanes c, out TLanes n) where TLanes : struct, ILanes<TLanes>
    {
        n = Nearest(a * b);
        TLanes r = TLanes.FusedMultiplyAdd(a, b, n * TLanes.Broadcast(-Ln2High)); // the last product is exact
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2Low), r);
        return TLanes.MultiplyAdd(TLanes.MultiplyAdd(Curvature(r), r * r, r), c, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Rest<TLanes>(TLanes x, out TLanes n) where TLanes : struct, ILanes<TLanes>
    {
        n = Nearest(x);
        return TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2Low), TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2High), x));
    }

    // x / ln 2 as an integer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Nearest<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes magic = TLanes.Broadcast(RoundingMagic);
        return TLanes.MultiplyAdd(x, TLanes.Broadcast(Log2E), magic) - magic;
    }

    // (e^r - 1 - r) / r^2 on [-0.347, 0.347]: minimax coefficients by Remez's exchange, weighted for the relative error of e^r - 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Curvature<TLanes>(TLanes r) where TLanes : struct, ILanes<TLanes>
    {
        TLanes p = TLanes.Broadcast(1.38832815e-3f);
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(8.36656149e-3f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.0416671932f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.166665435f));
        return TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.49999997f));
    }
}
