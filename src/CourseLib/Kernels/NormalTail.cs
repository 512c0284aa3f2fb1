using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>The tail of the standard normal distribution, which erf and GELU rest on: Phi(-t) = e^(-t^2/2) times a ratio that falls slowly from 1/2 (Mills).</summary>
/// <remarks>
/// For large t the ratio is nearly 1 / (t sqrt(2 pi)). Written as p / (sqrt(2 pi) t p + r) with polynomials p and r it is that for any p, so that rounding
/// errors of p cancel where they would be largest. Minimax coefficients by Remez's exchange for rational functions, weighted for relative error (3e-8), with
/// 1/2 and 1 as the first ones of p and r and a constant a little off sqrt(2 pi) so that r needs no higher degree. All are positive, and nothing cancels.
/// </remarks>
internal static class NormalTail
{
    /// <summary>Above this t the tail, and t times the tail, are less than the smallest float.</summary>
    public const float End = 14.5f;

    /// <summary>Phi(-t) e^(t^2/2) for t in [0, <see cref="End"/>].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Ratio<TLanes>(TLanes t) where TLanes : struct, ILanes<TLanes>
    {
        TLanes p = TLanes.MultiplyAdd(Growth(t, 1), t, TLanes.Broadcast(0.5f));
        return p / Denominator(t, t * p, 1);
    }

    /// <summary>-t times <see cref="Ratio"/>, with a rounding error less: t / 2 is exact. The minus sign and the factor of two come from the one product with t that the exponential needs, too.</summary>
    /// <param name="t">In [0, <see cref="End"/>].</param>
    /// <param name="half">-t / 2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes MinusTimesRatio<TLanes>(TLanes t, TLanes half) where TLanes : struct, ILanes<TLanes>
    {
        TLanes product = TLanes.MultiplyAdd(Growth(t, 2), half * t, half);
        return product / Denominator(t, product, -1);
    }

    // (p - 1/2) / t, times a factor that the compiler multiplies into the coefficients.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Growth<TLanes>(TLanes t, float factor) where TLanes : struct, ILanes<TLanes>
    {
        TLanes p = TLanes.MultiplyAdd(t, TLanes.Broadcast(factor * 4.984669e-3f), TLanes.Broadcast(factor * 0.04637984f));
        p = TLanes.MultiplyAdd(p, t, TLanes.Broadcast(factor * 0.2000968f));
        return TLanes.MultiplyAdd(p, t, TLanes.Broadcast(factor * 0.46073735f));
    }

    // sqrt(2 pi) t p + r of the product sign t p, the 1 in r last: one rounding where everything else is small.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Denominator<TLanes>(TLanes t, TLanes product, float sign) where TLanes : struct, ILanes<TLanes>
    {
        TLanes r = TLanes.MultiplyAdd(t, TLanes.Broadcast(0.012457018f), TLanes.Broadcast(0.1171337f));
        r = TLanes.MultiplyAdd(r, t, TLanes.Broadcast(0.46604386f));
        return TLanes.MultiplyAdd(product, TLanes.Broadcast(sign * 2.5066328f), r * t) + TLanes.Broadcast(1);
    }
}
