using CourseLib.Autograd;
using CourseLib.Tensors;
using MathNet.Numerics;

namespace CourseLib.Tests.Autograd;

/// <summary>f, f' and f'' of each function of a jet against formulas in double precision.</summary>
public class JetFunctionTests
{
    private static readonly Dictionary<string, (Func<Jet, Jet> Function, double Low, double High, Func<double, (double, double, double)> Exact)> Cases = new()
    {
        ["Exp"] = (u => u.Exp(), -3, 2, x => (Math.Exp(x), Math.Exp(x), Math.Exp(x))),
        ["Log"] = (u => u.Log(), 0.3, 5, x => (Math.Log(x), 1 / x, -1 / (x * x))),
        ["Sqrt"] = (u => u.Sqrt(), 0.3, 5, x => (Math.Sqrt(x), 0.5 / Math.Sqrt(x), -0.25 / (x * Math.Sqrt(x)))),
        ["Square"] = (u => u.Square(), -3, 3, x => (x * x, 2 * x, 2)),
        ["Pow 0"] = (u => u.Pow(0), -3, 3, _ => (1, 0, 0)),
        ["Pow 1"] = (u => u.Pow(1), -3, 3, x => (x, 1, 0)),
        ["Pow 3"] = (u => u.Pow(3), -3, 3, x => (x * x * x, 3 * x * x, 6 * x)),
        ["Pow 2.5"] = (u => u.Pow(2.5), 0.3, 3, x => (Math.Pow(x, 2.5), 2.5 * Math.Pow(x, 1.5), 3.75 * Math.Sqrt(x))),
        ["Reciprocal"] = (u => u.Reciprocal(), 0.5, 4, x => (1 / x, -1 / (x * x), 2 / (x * x * x))),
        ["number over"] = (u => 3 / u, 0.5, 4, x => (3 / x, -3 / (x * x), 6 / (x * x * x))),
        ["number minus"] = (u => 3 - u, 0.5, 4, x => (3 - x, -1, 0)),
        ["over number"] = (u => u / 4, 0.5, 4, x => (x / 4, 0.25, 0)),
        ["Sin"] = (u => u.Sin(), -7, 7, x => (Math.Sin(x), Math.Cos(x), -Math.Sin(x))),
        ["Cos"] = (u => u.Cos(), -7, 7, x => (Math.Cos(x), -Math.Sin(x), -Math.Cos(x))),
        ["Tanh"] = (u => u.Tanh(), -4, 4, x => Tanh(x)),
        ["Sigmoid"] = (u => u.Sigmoid(), -6, 6, x => Sigmoid(x)),
        ["Softplus"] = (u => u.Softplus(), -6, 6, x => (Math.Log(1 + Math.Exp(x)), Sigmoid(x).F, Sigmoid(x).Slope)),
        ["Softplus 3"] = (u => u.Softplus(3), -9, 9, x => (Math.Log(1 + Math.Exp(3 * x)) / 3, Sigmoid(3 * x).F, 3 * Sigmoid(3 * x).Slope)),
        ["Erf"] = (u => u.Erf(), -3, 3, x => (SpecialFunctions.Erf(x), Bell(x), -2 * x * Bell(x))),
        ["Silu"] = (u => u.Silu(), -6, 6, x => Swish(x, 1)),
        ["Swish 2"] = (u => u.Swish(2), -3, 3, x => Swish(x, 2)),
        ["Mish"] = (u => u.Mish(), -6, 6, Mish),
        ["Gelu"] = (u => u.Gelu(), -4, 4, x =>
        {
            (double cumulative, double density) = (0.5 * (1 + SpecialFunctions.Erf(x / Math.Sqrt(2))), Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
            return (x * cumulative, cumulative + (x * density), density * (2 - (x * x)));
        }),
        ["Gelu tanh"] = (u => u.Gelu(tanh: true), -4, 4, x =>
        {
            double scale = Math.Sqrt(2 / Math.PI);
            (double t, double slope, double curvature) = Tanh(scale * (x + (0.044715 * x * x * x)));
            (double w1, double w2) = (scale * (1 + (3 * 0.044715 * x * x)), scale * 6 * 0.044715 * x);
            return (x * (1 + t) / 2, ((1 + t) / 2) + (x * slope * w1 / 2), (slope * w1) + (x * ((curvature * w1 * w1) + (slope * w2)) / 2));
        }),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_slope_and_curvature(string name)
    {
        (Func<Jet, Jet> function, double low, double high, Func<double, (double, double, double)> exact) = Cases[name];
        Tensor x = Tensor.Linspace(low, high, 201).Reshape(-1, 1);
        Jet y = function(Jet.Of(x));
        for (int i = 0; i < x.Length; i++)
        {
            (double value, double slope, double curvature) = exact(x[i, 0]);
            Near($"{name}({x[i, 0]})", value, y.Value[i, 0]);
            Near($"{name}'({x[i, 0]})", slope, y.D(0)[i, 0]);
            Near($"{name}''({x[i, 0]})", curvature, y.D(0, 0)[i, 0]);
        }
    }

    [Fact]
    public void Kinked_functions_have_first_derivatives()
    {
        Tensor x = Tensor.From([-2f, -0.5f, 0, 3], 4, 1);
        Assert.Equal([0f, 0, 0, 1], Jet.Of(x, []).Relu().D(0).ToArray());
        Jet leaky = Jet.Of(x, []).LeakyRelu(0.1);
        Assert.Equal([-0.2f, -0.05f, 0, 3], leaky.Value.ToArray());
        Assert.Equal([0.1f, 0.1f, 0.1f, 1], leaky.D(0).ToArray());
    }

    private static (double F, double Slope, double Curvature) Tanh(double x)
    {
        double t = Math.Tanh(x);
        return (t, 1 - (t * t), -2 * t * (1 - (t * t)));
    }

    private static (double F, double Slope, double Curvature) Sigmoid(double x)
    {
        double s = 1 / (1 + Math.Exp(-x));
        return (s, s * (1 - s), s * (1 - s) * (1 - (2 * s)));
    }

    private static (double, double, double) Swish(double x, double beta)
    {
        (double s, double slope, double curvature) = Sigmoid(beta * x);
        return (x * s, s + (x * beta * slope), (2 * beta * slope) + (x * beta * beta * curvature));
    }

    private static (double, double, double) Mish(double x)
    {
        (double t, double slope, double curvature) = Tanh(Math.Log(1 + Math.Exp(x)));
        (double s, double growth, _) = Sigmoid(x);
        return (x * t, t + (x * slope * s), (2 * slope * s) + (x * ((curvature * s * s) + (slope * growth))));
    }

    private static double Bell(double x) => 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x);

    private static void Near(string what, double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-6 * Math.Max(1, Math.Abs(expected)), FormattableString.Invariant($"{what}: expected {expected}, got {actual}"));
}
