using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CourseLib.Kernels;

/// <summary>
/// ln x within 2 ulp with AVX-512, twice as fast as the polynomial that <see cref="LogOperator"/> has for other registers: two registers are a table of 32
/// numbers that one instruction looks up for sixteen lanes (vpermi2ps).
/// </summary>
/// <remarks>
/// x = s 2^e with s in [1, 2); the five leading bits of s choose a factor r near 1/s, so that s r = 1 + f with |f| &lt;= 1/32, and
/// ln x = e ln 2 - ln r + ln(1 + f), where three coefficients are enough (Tang, 1990). Next to 1 nothing may be left of the first two terms: r is 1 above
/// it and 1/2 below, and they cancel exactly. The other r are not just 1/s: among the thousands of floats near it each is the one whose logarithm is
/// within 2e-11 of a float, so that a table of floats is as good as one of doubles (Gal's accurate tables, 1986); from r = 0.66 on down, where e is -1
/// for an x below 1, it is the logarithm less the rounding error of ln 2. Zero, infinity, NaN, negative and subnormal numbers need no thought: the exponent
/// of 0 is -inf, of infinity inf, and the mantissa of a negative number NaN.
/// </remarks>
internal static class LogTable
{
    // getmant's control: mantissa in [1, 2), NaN for negative numbers.
    private const int OneToTwoOrNaN = 0b1100;
    private const int IndexShift = 23 - 5;

    private static Vector512<float> FactorsBelow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            1, 0.9552043f, 0.9275087f, 0.9015071f, 0.8768798f, 0.8534205f, 0.8311185f, 0.8100589f,
            0.7902937f, 0.77118164f, 0.7530798f, 0.7356564f, 0.719033f, 0.7031499f, 0.68825334f, 0.6738138f);
    }

    private static Vector512<float> FactorsAbove
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0.6599558f, 0.6464965f, 0.63383186f, 0.6214795f, 0.60963994f, 0.59804624f, 0.5873233f, 0.57644224f,
            0.56638825f, 0.55661607f, 0.5469388f, 0.5378209f, 0.52878916f, 0.5201788f, 0.5118646f, 0.5f);
    }

    private static Vector512<float> LogarithmsBelow
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0, 0.045830026f, 0.07525309f, 0.10368738f, 0.13138534f, 0.15850289f, 0.18498287f, 0.21064833f,
            0.23535064f, 0.25983134f, 0.28358412f, 0.30699214f, 0.32984802f, 0.35218516f, 0.37359828f, 0.39480144f);
    }

    private static Vector512<float> LogarithmsAbove
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0.41558242f, 0.43618754f, 0.45597157f, 0.47565234f, 0.49488676f, 0.5140872f, 0.53217983f, 0.55088013f,
            0.5684755f, 0.58587956f, 0.6034184f, 0.6202297f, 0.6371655f, 0.6535827f, 0.66969514f, 0.6931472f);
    }

    /// <summary>The factors and minus their logarithms.</summary>
    public static IEnumerable<(float Factor, float Logarithm)> Entries() =>
        Enumerable.Range(0, 32).Select(i => i < 16 ? (FactorsBelow[i], LogarithmsBelow[i]) : (FactorsAbove[i - 16], LogarithmsAbove[i - 16]));

    /// <summary>ln x in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> At(Vector512<float> x)
    {
        Vector512<float> e = Avx512F.GetExponent(x);
        Vector512<float> s = Avx512F.GetMantissa(x, OneToTwoOrNaN);
        Vector512<int> index = s.AsInt32() >> IndexShift; // the lookup takes the five lowest bits
        Vector512<float> factor = Avx512F.PermuteVar16x32x2(FactorsBelow, index, FactorsAbove);
        Vector512<float> logarithm = Avx512F.PermuteVar16x32x2(LogarithmsBelow, index, LogarithmsAbove);
        Vector512<float> f = Vector512.FusedMultiplyAdd(s, factor, Vector512.Create(-1f));

        // (ln(1 + f) - f) / f^2 on [-1/64, 1/32]: minimax coefficients by Remez's exchange, weighted for relative error.
        Vector512<float> p = Vector512.FusedMultiplyAdd(f, Vector512.Create(-0.243952945f), Vector512.Create(0.333365917f));
        p = Vector512.FusedMultiplyAdd(f, p, Vector512.Create(-0.500001252f));
        return Vector512.FusedMultiplyAdd(e, Vector512.Create(0.693147182f), logarithm) + Vector512.FusedMultiplyAdd(f * f, p, f);
    }
}
