namespace CourseLib.Tests.Kernels;

/// <summary>Numerical gradients of a reference in double precision.</summary>
internal static class CentralDifferences
{
    /// <summary>The gradient of <paramref name="loss"/> with respect to the numbers that it reads from <paramref name="values"/>.</summary>
    public static double[] Of(double[] values, Func<double> loss, double step = 1e-5)
    {
        double[] gradient = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            values[i] = value + step;
            double above = loss();
            values[i] = value - step;
            double below = loss();
            values[i] = value;
            gradient[i] = (above - below) / (2 * step);
        }
        return gradient;
    }

    /// <summary>A loss whose gradient with respect to y is <paramref name="dy"/>.</summary>
    public static double Dot(ReadOnlySpan<double> y, ReadOnlySpan<float> dy)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            sum += y[i] * dy[i];
        }
        return sum;
    }
}
