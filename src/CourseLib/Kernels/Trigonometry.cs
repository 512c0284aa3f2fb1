namespace CourseLib.Kernels;

/// <summary>Sine and cosine within 1 ulp for every number, however large; NaN for infinities.</summary>
public static class Trigonometry
{
    /// <summary>y = sin x.</summary>
    /// <param name="x">Angles in radians.</param>
    /// <param name="y">Gets the sines; memory of its own.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap.</exception>
    public static void Sin(ReadOnlySpan<float> x, Span<float> y) => Run($"{nameof(Trigonometry)}.{nameof(Sin)}", x, y, cosine: false);

    /// <summary>y = cos x.</summary>
    /// <param name="x">Angles in radians.</param>
    /// <param name="y">Gets the cosines; memory of its own.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap.</exception>
    public static void Cos(ReadOnlySpan<float> x, Span<float> y) => Run($"{nameof(Trigonometry)}.{nameof(Cos)}", x, y, cosine: true);

    private static void Run(string operation, ReadOnlySpan<float> x, Span<float> y, bool cosine)
    {
        Requires.Apart(operation, nameof(y), y, nameof(x), x);
        Elementwise.Unary(x, y, new CircleOperator(cosine));
        for (int i = 0; i < x.Length; i++)
        {
            // Rare, and then double precision knows enough digits of pi. The comparison is false for NaN, which the lanes have passed on.
            if (MathF.Abs(x[i]) > CircleOperator.Limit)
            {
                y[i] = (float)(cosine ? Math.Cos(x[i]) : Math.Sin(x[i]));
            }
        }
    }
}
