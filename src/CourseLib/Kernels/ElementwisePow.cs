namespace CourseLib.Kernels;

public static partial class Elementwise
{
    /// <summary>y = x^exponent. The exponents 0, 1, 2, 3, -1, 1/2 and -1/2 cost a multiplication, a division or a root; any other is <see cref="MathF.Pow"/>.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Pow(ReadOnlySpan<float> x, float exponent, Span<float> y, bool accumulate = false)
    {
        switch (exponent)
        {
            case 0: Binary<ConstantOperator>(x, 1, y, default, accumulate); break;
            case 1: Unary(x, y, new ScaleOperator(1), accumulate); break;
            case 2: Unary<SquareOperator>(x, y, default, accumulate); break;
            case 3: Unary<CubeOperator>(x, y, default, accumulate); break;
            case -1: Unary<ReciprocalOperator>(x, y, default, accumulate); break;
            case 0.5f: Unary<SqrtOperator>(x, y, default, accumulate); break;
            case -0.5f: Unary<ReciprocalSqrtOperator>(x, y, default, accumulate); break;
            default: Binary<PowOperator>(x, exponent, y, default, accumulate); break;
        }
    }

    /// <summary>dx = dy * exponent * x^(exponent - 1), with the same cheap exponents.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void PowGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, float exponent, Span<float> dx, bool accumulate = false)
    {
        switch (exponent)
        {
            case 0: Binary(dy, 0, dx, default(ConstantOperator), accumulate); break;
            case 1: Unary(dy, dx, new ScaleOperator(1), accumulate); break;
            case 2: Binary<SquareGradient>(dy, x, dx, default, accumulate); break;
            default: Binary(dy, x, dx, new PowGradient(exponent), accumulate); break;
        }
    }

    /// <summary>y += alpha x.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Axpy(float alpha, ReadOnlySpan<float> x, Span<float> y) => Unary(x, y, new ScaleOperator(alpha), accumulate: true);

    /// <summary>y = alpha x; x may be y.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Scale(float alpha, ReadOnlySpan<float> x, Span<float> y) => Unary(x, y, new ScaleOperator(alpha));

    /// <summary>Sets every element to <paramref name="value"/>.</summary>
    public static void Fill(Span<float> y, float value) => y.Fill(value);

    /// <summary>y = x, or y += x: what a gradient that passes unchanged does to its target.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Copy(ReadOnlySpan<float> x, Span<float> y, bool accumulate = false)
    {
        if (accumulate)
        {
            Binary<AddOperator>(y, x, y);
            return;
        }

        Check<float>(x, y, nameof(x));
        x.CopyTo(y);
    }

    private readonly struct ConstantOperator : IBinaryOperator
    {
        public TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes> => b;
    }
}
