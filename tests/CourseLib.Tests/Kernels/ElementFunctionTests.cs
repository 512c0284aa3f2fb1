using CourseLib.Kernels;
using static CourseLib.Tests.Kernels.Accuracy;

namespace CourseLib.Tests.Kernels;

/// <summary>Accuracy of exp, log, sine, cosine, sigmoid and tanh against double, in units in the last place, and their special values.</summary>
public class ElementFunctionTests
{
    [Fact]
    public void Exp()
    {
        Verify<ExpOperator>(Math.Exp, -110, 90, 1.5);
        Verify<ExpOperator>(Math.Exp, -1e-3f, 1e-3f, 1.5);
        Assert.Equal([0, float.PositiveInfinity, 1, 1, float.NaN, 0, float.PositiveInfinity], Apply<ExpOperator>([float.NegativeInfinity, float.PositiveInfinity, 0, -0f, float.NaN, -1e30f, 1e30f]));
    }

    [Fact]
    public void Log()
    {
        Verify<LogOperator>(Math.Log, 1e-3f, 4, 1.5);
        Verify<LogOperator>(Math.Log, 0.99f, 1.01f, 1.5);
        Verify<LogOperator>(Math.Log, 1, float.MaxValue, 1.5);
        Verify<LogOperator>(Math.Log, 1e-45f, 2e-38f, 1.5);
        Assert.Equal([float.NegativeInfinity, float.NegativeInfinity, 0, float.PositiveInfinity, float.NaN, float.NaN, float.NaN], Apply<LogOperator>([0, -0f, 1, float.PositiveInfinity, -1, float.NegativeInfinity, float.NaN]));
    }

    [Fact]
    public void Sigmoid()
    {
        Verify<SigmoidOperator>(x => 1 / (1 + Math.Exp(-x)), -110, 40, 3);
        Verify<SigmoidOperator>(x => 1 / (1 + Math.Exp(-x)), -2, 2, 3);
        Assert.Equal([0.5f, 0, 1, float.NaN], Apply<SigmoidOperator>([0, float.NegativeInfinity, float.PositiveInfinity, float.NaN]));
    }

    [Fact]
    public void Tanh()
    {
        Verify<TanhOperator>(Math.Tanh, -12, 12, 3);
        Verify<TanhOperator>(Math.Tanh, -0.7f, 0.7f, 3);
        Verify<TanhOperator>(Math.Tanh, -1e-6f, 1e-6f, 2);
        float[] special = Apply<TanhOperator>([0, -0f, float.NegativeInfinity, float.PositiveInfinity, float.NaN, 1e-40f]);
        Assert.Equal([0, 0, -1, 1, float.NaN, 1e-40f], special);
        Assert.True(float.IsNegative(special[1]));
    }

    [Fact]
    public void SineAndCosine()
    {
        foreach ((float low, float high) in new[] { (-4f, 4f), (-100, 100), (-800, 800), (-1e-3f, 1e-3f), (-1e4f, 1e4f), (-1e30f, 1e30f) })
        {
            VerifyCircle(Grid(low, high));
        }

        // Around each multiple of pi/2, where nearly all digits cancel.
        float[] x = [.. Enumerable.Range(-700, 1401).SelectMany(n => Enumerable.Range(-2, 5).Select(step => Moved((float)(n * Math.PI / 2), step)))];
        VerifyCircle(x);

        float[] special = [0, -0f, 1e-40f, float.NaN, float.PositiveInfinity, float.NegativeInfinity], y = new float[6];
        Trigonometry.Sin(special, y);
        Assert.Equal([0, 0, 1e-40f, float.NaN, float.NaN, float.NaN], y);
        Assert.True(float.IsNegative(y[1]));
        Trigonometry.Cos(special, y);
        Assert.Equal([1, 1, 1, float.NaN, float.NaN, float.NaN], y);
        Assert.Throws<ArgumentException>(() => Trigonometry.Sin(special, special));
    }

    private static void VerifyCircle(float[] x)
    {
        float[] y = new float[x.Length];
        Trigonometry.Sin(x, y);
        Compare("Sin", x, y, Math.Sin, 1);
        Trigonometry.Cos(x, y);
        Compare("Cos", x, y, Math.Cos, 1);
    }

    private static float Moved(float x, int steps)
    {
        for (int i = 0; i < Math.Abs(steps); i++)
        {
            x = steps > 0 ? MathF.BitIncrement(x) : MathF.BitDecrement(x);
        }
        return x;
    }

    [Fact]
    public void PowKnowsItsCheapExponents()
    {
        float[] x = [0.5f, 1, 2, 3.7f, 100], y = new float[5];
        foreach (float exponent in new[] { 0, 1, 2, 3, -1, 0.5f, -0.5f, 1.7f, -2.3f })
        {
            Elementwise.Pow(x, exponent, y);
            Assert.All(y, (value, i) => Assert.True(Ulps(value, Math.Pow(x[i], exponent)) <= 2, $"{x[i]}^{exponent}"));
            Elementwise.Pow(x, exponent, y, accumulate: true);
            Assert.All(y, (value, i) => Assert.True(Ulps(value, 2 * Math.Pow(x[i], exponent)) <= 3, $"2 * {x[i]}^{exponent}"));
        }
    }
}
