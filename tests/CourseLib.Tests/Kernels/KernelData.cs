using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

/// <summary>Inputs for kernel tests, and how results are compared with a reference in double precision.</summary>
internal static class KernelData
{
    /// <summary>Normal numbers that depend on the seed only.</summary>
    public static float[] Normal(long length, int seed, double mean = 0, double deviation = 1)
    {
        Random random = new(seed);
        float[] values = new float[length];
        for (int i = 0; i < values.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(mean + (deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble())));
        }
        return values;
    }

    public static double[] ToDouble(ReadOnlySpan<float> values)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[i];
        }
        return result;
    }

    /// <summary>The largest error, relative to the largest expected number (at least 1), must stay under the tolerance.</summary>
    public static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 1;
        foreach (double value in expected)
        {
            scale = Math.Max(scale, Math.Abs(value));
        }
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, FormattableString.Invariant($"{what}[{i}]: expected {expected[i]:R}, got {actual[i]:R}"));
        }
    }

    /// <summary>Runs the same thing with one thread and with two; the bits must agree.</summary>
    public static void SameForAnyThreads(Func<float[]> run)
    {
        int before = Workers.Count;
        try
        {
            Workers.Count = 1;
            float[] one = run();
            Workers.Count = 2;
            float[] two = run();
            Assert.True(one.AsSpan().SequenceEqual(two), "the result depends on the number of threads");
        }
        finally
        {
            Workers.Count = before;
        }
    }
}
