namespace CourseLib.Tests.Kernels.Sizes;

/// <summary>What a normalisation of some numbers gives in double precision, and how far rounding may take it from that.</summary>
internal sealed class Normalized
{
    public const float Epsilon = 1e-5f;

    // Operations for each element beside the sums.
    private const int Around = 24;

    private readonly double[] values;
    private readonly double mean;
    private readonly double inverse;

    public Normalized(double[] values)
    {
        this.values = values;
        mean = values.Average();
        inverse = 1 / Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) + Epsilon);
        HatSize = (values.Max(Math.Abs) + Math.Abs(mean)) * inverse;
    }

    /// <summary>A bound for (|x| + |mean|) / deviation: the rounding of x - mean, as the result sees it. Where it is large, numbers lie close together far from 0, and digits are lost.</summary>
    public double HatSize { get; }

    private int Count => values.Length;

    public void VerifyStatistics(float computedMean, float computedInverse, string what)
    {
        Rounding.Within(mean, values.Average(Math.Abs), Count + 1, computedMean, () => $"mean, {what}");
        Rounding.Within(inverse, inverse * (1 + (HatSize * HatSize)), Count + Around, computedInverse, () => $"inverse deviation, {what}");
    }

    public void VerifyForward(Func<int, float> y, Func<int, double> gamma, Func<int, double> beta, string what, bool rectified = false)
    {
        for (int i = 0; i < Count; i++)
        {
            int at = i;
            double hat = (values[i] - mean) * inverse, size = Math.Abs(gamma(i)) * HatSize * (1 + (HatSize * HatSize));
            double exact = (hat * gamma(i)) + beta(i);
            Rounding.Within(rectified ? Math.Max(0, exact) : exact, size + Math.Abs(beta(i)), Count + Around, y(i), () => FormattableString.Invariant($"y[{at}], {what}"));
        }
    }

    /// <summary>dx = r (g - mean(g) - hat mean(g hat)), with the statistics that the forward pass handed over.</summary>
    public void VerifyBackward(double givenMean, double givenInverse, Func<int, double> slope, Func<int, float> dx, string what)
    {
        double[] g = [.. Enumerable.Range(0, Count).Select(slope)], hats = [.. values.Select(v => (v - givenMean) * givenInverse)];
        double mean1 = g.Average(), size1 = g.Average(Math.Abs), mean2 = g.Zip(hats, (a, b) => a * b).Average(), size2 = size1 * HatSize;
        for (int i = 0; i < Count; i++)
        {
            int at = i;
            double exact = givenInverse * (g[i] - mean1 - (hats[i] * mean2)), size = givenInverse * (Math.Abs(g[i]) + size1 + (HatSize * size2));
            Rounding.Within(exact, size, Count + Around, dx(i), () => FormattableString.Invariant($"dx[{at}], {what}"));
        }
    }
}
