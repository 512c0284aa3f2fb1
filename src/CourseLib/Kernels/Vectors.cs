using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>The few operations on points, in double precision, that derivations need.</summary>
/// <remarks>The hot ones are optimised at their first call: a simulation is often over before the runtime would have got to it.</remarks>
public static class Vectors
{
    /// <summary>The scalar product.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Same(a, b, nameof(Dot));
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>|a|².</summary>
    public static double SquaredNorm(ReadOnlySpan<double> a) => Dot(a, a);

    /// <summary>|a|.</summary>
    public static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    /// <summary>|a - b|².</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Same(a, b, nameof(SquaredDistance));
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }

    /// <summary>|a - b|.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Math.Sqrt(SquaredDistance(a, b));

    /// <summary>The median; of an even number of values the upper one of the two in the middle, which is one of them.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Median(ReadOnlySpan<double> values)
    {
        Requires.AtLeast("Vectors.Median", "number of values", values.Length, 1);
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }

    /// <summary>a - b.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double[] Subtract(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => AddScaled(a, -1, b);

    /// <summary>a + scale b.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double[] AddScaled(ReadOnlySpan<double> a, double scale, ReadOnlySpan<double> b)
    {
        double[] result = a.ToArray();
        AddScaledTo(result, scale, b);
        return result;
    }

    /// <summary>a += scale b, in place.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaledTo(Span<double> a, double scale, ReadOnlySpan<double> b)
    {
        Same(a, b, nameof(AddScaled));
        for (int i = 0; i < a.Length; i++)
        {
            a[i] += scale * b[i];
        }
    }

    /// <summary>The angle's cosine, a·b / (|a| |b|); NaN where one of them is 0.</summary>
    public static double Cosine(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Dot(a, b) / (Norm(a) * Norm(b));

    private static void Same(ReadOnlySpan<double> a, ReadOnlySpan<double> b, string operation)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"Vectors.{operation}: expected points of one dimension, got {a.Length} and {b.Length} coordinates");
        }
    }
}
