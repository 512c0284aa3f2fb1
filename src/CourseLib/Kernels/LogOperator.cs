using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>
/// ln x within 2 ulp: x = m 2^e with m in [sqrt(1/2), sqrt(2)), a polynomial for ln m, plus e ln 2; with AVX-512 <see cref="LogTable"/>.
/// ln 0 = -inf, ln inf = inf, NaN below zero.
/// </summary>
public readonly struct LogOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        if (typeof(TLanes) == typeof(Lanes16))
        {
            return Unsafe.BitCast<Vector512<float>, TLanes>(LogTable.At(Unsafe.BitCast<TLanes, Vector512<float>>(x)));
        }

        TLanes zero = TLanes.Broadcast(0);
        TLanes one = TLanes.Broadcast(1);
        TLanes infinity = TLanes.Broadcast(float.PositiveInfinity);

        // Subnormals are scaled into the normal range first: 2^24 more in the mantissa, 24 less in the exponent.
        TLanes tiny = TLanes.LessThan(x, TLanes.Broadcast(1.17549435e-38f));
        TLanes normal = TLanes.Select(tiny, x * TLanes.Broadcast(16777216), x);
        TLanes f = TLanes.SplitExponent(normal, out TLanes e) - one;
        e -= TLanes.Select(tiny, TLanes.Broadcast(24), zero);

        // (ln(1 + f) - f + f^2/2) / f^3: minimax coefficients by Remez's exchange, weighted for relative error.
        // Added up in pairs (Estrin): a chain half as long as Horner's, and the processor waits for chains here, not for arithmetic.
        TLanes squared = f * f;
        TLanes fourth = squared * squared;
        TLanes p01 = TLanes.MultiplyAdd(f, TLanes.Broadcast(-0.250000096f), TLanes.Broadcast(0.333333126f));
        TLanes p23 = TLanes.MultiplyAdd(f, TLanes.Broadcast(-0.166679958f), TLanes.Broadcast(0.200021186f));
        TLanes p45 = TLanes.MultiplyAdd(f, TLanes.Broadcast(-0.124055899f), TLanes.Broadcast(0.142195526f));
        TLanes p67 = TLanes.MultiplyAdd(f, TLanes.Broadcast(-0.116756455f), TLanes.Broadcast(0.118881617f));
        TLanes p4567 = TLanes.MultiplyAdd(p67, squared, p45);
        p4567 = TLanes.MultiplyAdd(fourth, TLanes.Broadcast(6.74663395e-2f), p4567);
        TLanes p = TLanes.MultiplyAdd(p4567, fourth, TLanes.MultiplyAdd(p23, squared, p01));

        // Small terms first; ln 2 in two parts, of which e * the large one is exact.
        TLanes small = TLanes.MultiplyAdd(e, TLanes.Broadcast(-2.12194440e-4f), p * (squared * f));
        small = TLanes.MultiplyAdd(squared, TLanes.Broadcast(-0.5f), small);
        TLanes result = TLanes.MultiplyAdd(e, TLanes.Broadcast(0.693359375f), f + small);

        result = TLanes.Select(TLanes.LessThan(x, infinity), result, x); // infinity and NaN are their own logarithm
        result = TLanes.Select(TLanes.Equal(x, zero), -infinity, result);
        return TLanes.Select(TLanes.LessThan(x, zero), TLanes.Broadcast(float.NaN), result);
    }
}
