using CourseLib.Kernels;
using MathNet.Numerics;
using static CourseLib.Tests.Kernels.Accuracy;

namespace CourseLib.Tests.Kernels;

/// <summary>
/// The activations' kernels against double, in units in the last place (1e-5 is 84 to 168 of them). Where a derivative crosses zero the
/// distance is taken relative to 1, because its terms cancel there.
/// </summary>
public class ActivationAccuracyTests
{
    private static readonly float Infinity = float.PositiveInfinity;

    [Fact]
    public void Exp_minus_one()
    {
        Verify<ExpMinusOneOperator>(Reference.ExpMinusOne, -20, 89, 2);
        Verify<ExpMinusOneOperator>(Reference.ExpMinusOne, -1, 1, 2);
        Verify<ExpMinusOneOperator>(Reference.ExpMinusOne, -1e-3f, 1e-3f, 1);
        Verify<ExpMinusOneOperator>(Reference.ExpMinusOne, -1e-38f, 1e-38f, 0.5);
        AssertBits([-1, Infinity, 0, -0f, float.NaN, -1, Infinity], Apply<ExpMinusOneOperator>([-Infinity, Infinity, 0, -0f, float.NaN, -1e30f, 1e30f]));
    }

    [Fact]
    public void Log_of_one_plus()
    {
        Verify<LogOnePlusOperator>(Reference.LogOnePlus, -0.999f, 1, 3);
        Verify<LogOnePlusOperator>(Reference.LogOnePlus, 1, 1e6f, 3);
        Verify<LogOnePlusOperator>(Reference.LogOnePlus, 1, float.MaxValue, 3);
        Verify<LogOnePlusOperator>(Reference.LogOnePlus, -1e-3f, 1e-3f, 3);
        Verify<LogOnePlusOperator>(Reference.LogOnePlus, -1e-38f, 1e-38f, 0.5);
        AssertBits([-Infinity, Infinity, 0, -0f, float.NaN, float.NaN, float.NaN], Apply<LogOnePlusOperator>([-1, Infinity, 0, -0f, float.NaN, -2, -Infinity]));
    }

    [Fact]
    public void Erf()
    {
        Verify<ErfOperator>(SpecialFunctions.Erf, -12, 12, 2);
        Verify<ErfOperator>(SpecialFunctions.Erf, -1.1f, 1.1f, 2);
        Verify<ErfOperator>(SpecialFunctions.Erf, -1e-3f, 1e-3f, 1.5);
        Verify<ErfOperator>(SpecialFunctions.Erf, 1e-37f, 1e-30f, 1.5);
        Verify<ErfOperator>(SpecialFunctions.Erf, -1e-38f, 1e-38f, 1);
        AssertBits([-1, 1, 0, -0f, float.NaN, 1], Apply<ErfOperator>([-Infinity, Infinity, 0, -0f, float.NaN, float.MaxValue]));

        VerifySlope<ErfGradient>(x => 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x), -2, 2, 2);
        VerifySlope<ErfGradient>(x => 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x), -11, 11, 2);
    }

    [Fact]
    public void Gelu()
    {
        Verify<GeluOperator>(Reference.Gelu, -12, 20, 3);
        Verify<GeluOperator>(Reference.Gelu, -1, 1, 3);
        Verify<GeluOperator>(Reference.Gelu, -1e-3f, 1e-3f, 3);
        Verify<GeluOperator>(Reference.Gelu, -15, -12, 3);
        VerifySlope<GeluGradient>(Reference.GeluSlope, -15, -1.1f, 8);
        VerifySlope<GeluGradient>(Reference.GeluSlope, -0.5f, 20, 10);
        VerifySlope(Near(Reference.GeluSlope), -1.1f, -0.5f, 4, default(OnePlus<GeluGradient>));
        AssertBits([Infinity, 0, -0f, float.NaN, -0f, float.MaxValue], Apply<GeluOperator>([Infinity, 0, -0f, float.NaN, -float.MaxValue, float.MaxValue]));
        Assert.Equal([0f, 0.5f, 1], Slope<GeluGradient>([-20, 0, 20]), (a, b) => Math.Abs(a - b) <= 3e-7f);
    }

    [Fact]
    public void Gelu_by_tanh()
    {
        Verify<GeluTanhOperator>(Reference.GeluTanh, -3, 20, 10);
        Verify<GeluTanhOperator>(Reference.GeluTanh, -8, -3, 168);
        Verify<GeluTanhOperator>(Reference.GeluTanh, -10, -8, 300); // below 1e-16: the cubic's rounding error in the exponent, 2e-5 at most
        VerifySlope<GeluTanhGradient>(Reference.GeluTanhSlope, -8, -1.1f, 168);
        VerifySlope<GeluTanhGradient>(Reference.GeluTanhSlope, -0.5f, 20, 8);
        VerifySlope(Near(Reference.GeluTanhSlope), -1.1f, -0.5f, 4, default(OnePlus<GeluTanhGradient>));
    }

    [Fact]
    public void Softplus()
    {
        Verify(Reference.Softplus, -100, 100, 4, new SoftplusOperator(1, 1000));
        Verify(Reference.Softplus, -2, 2, 3, new SoftplusOperator(1, 20));
        Verify(x => Reference.Softplus(3 * x) / 3, -20, 20, 40, new SoftplusOperator(3, 1000)); // 3x is rounded, and 60 times that error is relative
        VerifySlope(Reference.Sigmoid, -80, 20, 4, new SoftplusGradient(1, 1000));
        AssertBits([0, Infinity, float.NaN, 1e30f], Apply([-Infinity, Infinity, float.NaN, 1e30f], new SoftplusOperator(1, 20)));
        AssertBits([0, 1, 1], Slope([-Infinity, Infinity, 20.5f], new SoftplusGradient(1, 20)));
    }

    [Fact]
    public void Swish()
    {
        Verify(x => x * Reference.Sigmoid(x), -85, 85, 4, new ScalarSwishOperator(1));
        Verify(x => x * Reference.Sigmoid(x), -2, 2, 4, new ScalarSwishOperator(1));
        VerifySlope(Reference.SiluSlope, -85, -1.6f, 10, new ScalarSwishGradient(1));
        VerifySlope(Reference.SiluSlope, -0.9f, 85, 6, new ScalarSwishGradient(1));
        VerifySlope(Near(Reference.SiluSlope), -1.6f, -0.9f, 4, default(OnePlus<SiluGradient>));
        AssertBits([0.5f, -0f, 1], Slope([0, -float.MaxValue, float.MaxValue], new ScalarSwishGradient(0.5f)));
    }

    [Fact]
    public void Mish()
    {
        Verify<MishOperator>(Reference.Mish, -85, 85, 5);
        Verify<MishOperator>(Reference.Mish, -2, 2, 5);
        VerifySlope<MishGradient>(Reference.MishSlope, -85, -1.6f, 14);
        VerifySlope<MishGradient>(Reference.MishSlope, -0.9f, 85, 8);
        VerifySlope(Near(Reference.MishSlope), -1.6f, -0.9f, 4, default(OnePlus<MishGradient>));
        AssertBits([Infinity, 0, -0f, float.NaN], Apply<MishOperator>([Infinity, 0, -0f, float.NaN]));
    }

    [Fact]
    public void Elu_and_the_straight_ones()
    {
        Verify(x => x > 0 ? x : 2 * Reference.ExpMinusOne(x), -20, 20, 2, new EluOperator(2));
        VerifySlope(x => x > 0 ? 1 : 2 * Math.Exp(x), -80, 20, 2, new EluGradient(2));
        AssertBits([-2, Infinity, 0, float.NaN], Apply([-Infinity, Infinity, 0, float.NaN], new EluOperator(2)));
        AssertBits([0, 1, 2], Slope([-Infinity, Infinity, 0], new EluGradient(2)));
        AssertBits([0, 1, 0, 1, 1, 0, 1, float.NaN], Apply<BinaryStepOperator>([-Infinity, Infinity, -1e-45f, -0f, 0, -1, 1e-45f, float.NaN]));
        AssertBits([0, 0, 0, 0], Slope<BinaryStepGradient>([-1, 0, 1, float.NaN]));
        AssertBits([0, 1, 0.5f, 0, 1, float.NaN], Apply<HardSigmoidOperator>([-Infinity, Infinity, 0, -3, 3, float.NaN]));
        AssertBits([0, 0, 1f / 6, 0, 0], Slope<HardSigmoidGradient>([-Infinity, Infinity, 0, -3, 3]));
        AssertBits([0, 0, 1, 0, 0], Slope([-Infinity, Infinity, 0, -1, 2], new HardTanhGradient(-1, 2)));
    }

    [Fact]
    public void Arctangent_and_softsign()
    {
        Verify<AtanOperator>(Math.Atan, -20, 20, 2);
        Verify<AtanOperator>(Math.Atan, -1.2f, 1.2f, 2);
        Verify<AtanOperator>(Math.Atan, -1e-3f, 1e-3f, 1);
        Verify<AtanOperator>(Math.Atan, -1e-38f, 1e-38f, 0.5);
        VerifySlope<AtanGradient>(x => 1 / (1 + (x * x)), -1000, 1000, 2);
        AssertBits([-MathF.PI / 2, MathF.PI / 2, 0, -0f, float.NaN, MathF.PI / 2], Apply<AtanOperator>([-Infinity, Infinity, 0, -0f, float.NaN, float.MaxValue]));
        Verify<SoftsignOperator>(x => x / (1 + Math.Abs(x)), -1000, 1000, 2);
        VerifySlope<SoftsignGradient>(x => 1 / Math.Pow(1 + Math.Abs(x), 2), -1000, 1000, 3);
    }

    [Fact]
    public void The_comparison_sees_one_wrong_digit() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Verify<ErfOperator>(x => SpecialFunctions.Erf(x) * (1 + 1e-6), -1, 1, 3));

    private static Func<double, double> Near(Func<double, double> slope) => x => 1 + slope(x);

    private static void AssertBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(Bits), actual.Select(Bits));

    // The sign of a NaN is the processor's affair.
    private static int Bits(float value) => BitConverter.SingleToInt32Bits(float.IsNaN(value) ? float.NaN : value);

    /// <summary>1 + f'(x), so that the error of a derivative near its zero is measured on the scale of its terms.</summary>
    private readonly struct OnePlus<TGradient> : IBinaryOperator
        where TGradient : struct, IBinaryOperator
    {
        public TLanes Invoke<TLanes>(TLanes dy, TLanes x)
            where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(1) + default(TGradient).Invoke(dy, x);
    }

    private readonly struct SiluGradient : IBinaryOperator
    {
        public TLanes Invoke<TLanes>(TLanes dy, TLanes x)
            where TLanes : struct, ILanes<TLanes> => new ScalarSwishGradient(1).Invoke(dy, x);
    }
}

/// <summary>The activations in double, written so that no digit cancels.</summary>
internal static class Reference
{
    internal static double ExpMinusOne(double x) => Math.Abs(x) < 1e-4 ? x + (x * x / 2) + (x * x * x / 6) : Math.Exp(x) - 1;

    internal static double LogOnePlus(double x) => Math.Abs(x) < 1e-4 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x);

    internal static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    internal static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    internal static double SiluSlope(double x) => Sigmoid(x) * (1 + (x * Sigmoid(-x)));

    internal static double Mish(double x) => x * Math.Tanh(Softplus(x));

    internal static double MishSlope(double x) => Math.Tanh(Softplus(x)) + (x * Sigmoid(x) / Math.Pow(Math.Cosh(Softplus(x)), 2));

    /// <summary>Phi(x), the left tail by erfc.</summary>
    internal static double Normal(double x) => SpecialFunctions.Erfc(-x / Math.Sqrt(2)) / 2;

    internal static double Gelu(double x) => x * Normal(x);

    internal static double GeluSlope(double x) => Normal(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));

    internal static double GeluTanh(double x) => x * Sigmoid(2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)));

    internal static double GeluTanhSlope(double x)
    {
        double u = 2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));
        return Sigmoid(u) * (1 + (x * Sigmoid(-u) * 2 * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x))));
    }
}
