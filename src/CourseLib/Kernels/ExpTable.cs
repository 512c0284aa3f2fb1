using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CourseLib.Kernels;

/// <summary>
/// e^x within 0.6 ulp with AVX-512, more accurate and an eighth faster than the polynomial that <see cref="ExpOperator"/> has for other registers: a register is a table of 16 numbers that one instruction looks up
/// for all lanes (vpermps).
/// </summary>
/// <remarks>
/// x = n ln 2 + r with n a multiple of 1/16, so that |r| &lt;= ln(2)/32 and two coefficients are enough; 2^n is a table's 2^(j/16) times a power of two (Tang, 1989). A second table has what the
/// first one's floats lack, and it goes where the polynomial's 0 would be: e^x = s (1 + (rest + r + ...)) rounds at the last step alone.
/// What counts here is not only how many instructions there are: each waits for the one before it in a queue of some hundred, and a short chain lets more elements into it. Infinity and numbers that
/// are too large are no reason to lengthen it: n says what they are, and r, in which nothing is left of them, is held in its interval.
/// </remarks>
internal static class ExpTable
{
    // 1.5 * 2^19: floats of that size are a sixteenth apart, and the four lowest bits of their sum with n count sixteenths.
    private const float RoundingMagic = 786432;

    // A little more than ln(2)/32.
    private const float LargestRest = 0.022f;

    // vrangeps: the smaller magnitude, with the sign of the first operand.
    private const int SmallerMagnitude = 0b0010;

    private static Vector512<float> Powers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            1, 1.0442737f, 1.0905077f, 1.1387886f, 1.1892071f, 1.2418578f, 1.2968396f, 1.3542556f,
            1.4142135f, 1.4768262f, 1.5422108f, 1.6104903f, 1.6817929f, 1.7562522f, 1.8340081f, 1.9152066f);
    }

    private static Vector512<float> Rests
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0, 4.628547e-8f, -1.19921575e-8f, 4.7297824e-8f, 3.193418e-8f, 3.6210572e-8f, -3.099072e-8f, -7.475213e-9f,
            1.7114271e-8f, -3.0476834e-8f, 5.233334e-9f, 6.1075918e-9f, -1.4719605e-8f, -5.258795e-9f, -6.1282597e-9f, 5.1406093e-9f);
    }

    /// <summary>The powers of two, and what each lacks as a part of it.</summary>
    public static IEnumerable<(float Power, float Lack)> Entries() => Enumerable.Range(0, Vector512<float>.Count).Select(i => (Powers[i], Rests[i]));

    /// <summary>e^x = m 2^floor(n), with m, which is returned, in [0.98, 2).</summary>
    /// <param name="x">Any number.</param>
    /// <param name="n">x / ln 2 in sixteenths; infinite or NaN with x.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Reduced(Vector512<float> x, out Vector512<float> n)
    {
        Vector512<float> sum = Vector512.FusedMultiplyAdd(x, Vector512.Create(ExpOperator.Log2E), Vector512.Create(RoundingMagic));
        n = sum - Vector512.Create(RoundingMagic);
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-ExpOperator.Ln2High), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-ExpOperator.Ln2Low), r);
        r = Avx512DQ.Range(r, Vector512.Create(LargestRest), SmallerMagnitude);
        Vector512<float> power = Avx512F.PermuteVar16x32(Powers, sum.AsInt32());
        Vector512<float> rest = Avx512F.PermuteVar16x32(Rests, sum.AsInt32());

        // e^r - 1 within 2e-9: r + c r^2 + r^3 / 6, with a c that takes over what r^4 / 24 would add.
        Vector512<float> p = Vector512.FusedMultiplyAdd(r, Vector512.Create(0.16666667f), Vector512.Create(0.50001621f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f));
        return Vector512.FusedMultiplyAdd(power, Vector512.FusedMultiplyAdd(p, r, rest), power);
    }
}
