namespace CourseLib.Tests.Kernels.Sizes;

/// <summary>
/// Bounds on rounding errors that hold whatever the order of a sum and whether a multiply-add rounds once or twice (Higham 2002, "Accuracy and Stability of Numerical
/// Algorithms", 3.1): n roundings one after another change a sum of terms by at most gamma_n = n u / (1 - n u) times the sum of their absolute values, u = 2^-24.
/// </summary>
internal static class Rounding
{
    /// <summary>The relative error of one operation.</summary>
    public const double Unit = 1.0 / (1 << 24);

    // Below the normal numbers errors are absolute.
    private const double Smallest = 1.5e-45;

    /// <summary>gamma_n.</summary>
    public static double Gamma(double n) => n * Unit / (1 - (n * Unit));

    /// <summary>Fails unless a computed number is as near the exact one as so many roundings of that magnitude leave it.</summary>
    public static void Within(double exact, double magnitude, double roundings, float actual, Func<string> what)
    {
        double bound = (Gamma(roundings) * magnitude) + Smallest;
        if (!(Math.Abs(actual - exact) <= bound))
        {
            Assert.Fail(FormattableString.Invariant($"{what()}: expected {exact:R}, got {actual:R}, off by {Math.Abs(actual - exact):G3} where {bound:G3} is allowed"));
        }
    }

    /// <summary>The same for each element of an operand, whose guards are looked at too.</summary>
    public static void Within(ReadOnlySpan<double> exact, ReadOnlySpan<double> magnitude, double roundings, Guarded actual, string what)
    {
        Assert.Equal(exact.Length, actual.Length);
        for (int i = 0; i < exact.Length; i++)
        {
            int at = i;
            Within(exact[i], magnitude[i], roundings, actual[i], () => FormattableString.Invariant($"{what}[{at}]"));
        }

        actual.Verify(what);
    }
}
