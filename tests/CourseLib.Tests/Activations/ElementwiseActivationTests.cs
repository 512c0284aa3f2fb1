using CourseLib.Activations;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Activations;

/// <summary>What the lectures say of each activation: range, derivative, limits, the formulas that connect them.</summary>
public class ElementwiseActivationTests
{
    private static readonly Tensor Wide = Tensor.Linspace(-60, 60, 4801);

    private static readonly Dictionary<string, (Module Activation, double Low, double High)> Ranges = new()
    {
        ["Identity"] = (new Identity(), -60, 60),
        ["BinaryStep"] = (new BinaryStep(), 0, 1),
        ["Sigmoid"] = (new Sigmoid(), 0, 1),
        ["Tanh"] = (new Tanh(), -1, 1),
        ["ReLU"] = (new ReLU(), 0, 60),
        ["Softplus"] = (new Softplus(), 0, 60),
        ["LeakyReLU"] = (new LeakyReLU(), -0.6, 60),
        ["ELU"] = (new ELU(), -1, 60),
        ["ELU 2"] = (new ELU(2), -2, 60),
        ["GELU"] = (new GELU(), -0.16997, 60),
        ["GELU tanh"] = (new GELU(tanh: true), -0.17004, 60),
        ["SiLU"] = (new SiLU(), -0.278465, 60),
        ["Mish"] = (new Mish(), -0.30884, 60),
        ["HardTanh"] = (new HardTanh(), -1, 1),
        ["HardSigmoid"] = (new HardSigmoid(), 0, 1),
        ["ReLU6"] = (new ReLU6(), 0, 6),
        ["Softsign"] = (new Softsign(), -60.0 / 61, 60.0 / 61),
    };

    public static TheoryData<string> Names => [.. Ranges.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    [Term("Linear activation")]
    [Term("Binary step")]
    [Term("Sigmoid")]
    [Term("Hyperbolic tangent")]
    [Term("ReLU")]
    [Term("Softplus")]
    [Term("Leaky ReLU")]
    [Term("ELU")]
    [Term("GELU")]
    [Term("Swish")]
    [Term("Mish")]
    public void The_range_is_the_tables(string name)
    {
        (Module activation, double low, double high) = Ranges[name];
        float[] y = activation.Forward(Wide).ToArray();
        Assert.InRange(y.Min(), low - 1e-6, low + 1e-4);
        Assert.InRange(y.Max(), high - 1e-6, high + 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_is_the_difference_quotients(string name)
    {
        // Between the kinks, all of which are at multiples of 1/2.
        Module activation = Ranges[name].Activation;
        Tensor x = Tensor.Arange(-8, 8, 0.5) + 0.27;
        Tensor exact = activation.Derivative(x);
        const double Step = 1.0 / 64;
        Tensor numeric = (activation.Forward(x - (2 * Step)) - (8 * activation.Forward(x - Step)) + (8 * activation.Forward(x + Step)) - activation.Forward(x + (2 * Step))) / (12 * Step);
        Assert.All(exact.ToArray().Zip(numeric.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
    }

    [Fact]
    [Term("Sigmoid")]
    [Term("Hyperbolic tangent")]
    public void Slopes_at_zero()
    {
        Tensor zero = Tensor.Zeros(1);
        Assert.Equal(0.25f, new Sigmoid().Derivative(zero)[0]);
        Assert.Equal(1, new Tanh().Derivative(zero)[0]);
        Assert.Equal(0.5f, new SiLU().Derivative(zero)[0], 1e-7f);
        Assert.Equal(0.5f, new GELU().Derivative(zero)[0], 1e-6f);
        Assert.Equal(0.6f, new Mish().Derivative(zero)[0], 1e-6f); // tanh(ln 2)
        Assert.Equal(2, new ELU(2).Derivative(zero)[0]);
        Assert.Equal(0, new ReLU().Derivative(zero)[0]);
    }

    [Fact]
    public void A_derivative_leaves_the_input_alone_and_wants_elements()
    {
        Tensor x = Tensor.From([1f, 2]);
        Assert.Equal([2f, 4], ElementwiseDerivative.Of(t => t.Square(), x).ToArray());
        Assert.False(x.RequiresGrad);
        Assert.Equal([0f, 0], ElementwiseDerivative.Of(t => Tensor.Ones(2).AsParameter() * 3, x).ToArray());
        Assert.Contains("(2,) became ()", Assert.Throws<ArgumentException>(() => ElementwiseDerivative.Of(t => t.Sum(), x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Binary step")]
    public void Below_a_step_nothing_learns()
    {
        Linear lower = new(3, 5, generator: new(1));
        Linear upper = new(5, 1, generator: new(2));
        Tensor x = Tensor.RandN([8, 3], new(3));
        upper.Forward(new BinaryStep().Forward(lower.Forward(x))).Square().Sum().Backward();
        Assert.All(lower.Weight.Grad.ToArray().Concat(lower.Bias!.Value.Grad.ToArray()), gradient => Assert.Equal(0, gradient));
        Assert.Contains(upper.Weight.Grad.ToArray(), gradient => gradient != 0);
    }

    [Fact]
    [Term("Swish")]
    public void Swish_is_half_the_line_at_0_and_ReLU_far_out()
    {
        Tensor x = Tensor.Linspace(-4, 4, 81);
        Assert.Equal((x / 2).ToArray(), new Swish(0).Forward(x).ToArray());
        Assert.Equal(new SiLU().Forward(x).ToArray(), new Swish(1).Forward(x).ToArray());

        // |x sigmoid(beta x) - max(0, x)| is largest near |x| = 1.28 / beta, where it is 0.2785 / beta.
        foreach (double beta in new[] { 1.0, 10, 100, 1000 })
        {
            double worst = (new Swish(beta).Forward(Tensor.Linspace(-4, 4, 80001)) - Tensor.Linspace(-4, 4, 80001).Relu()).Abs().Max(0).Item();
            Assert.InRange(worst * beta, 0.277, 0.2786);
        }
    }

    [Fact]
    [Term("Swish")]
    public void A_trained_beta_is_the_constants_derivative()
    {
        Swish constant = new(0.7);
        Swish trained = new(0.7, trainable: true);
        Tensor x = Tensor.RandN([5, 6], new(1));
        Assert.Empty(constant.Parameters);
        Assert.Equal(trained.Beta!.Value, Assert.Single(trained.Parameters));
        Assert.Equal(constant.Forward(x).ToArray(), trained.Forward(x).ToArray());
        trained.Forward(x).Sum().Backward();

        // d/dbeta x sigmoid(beta x) by a difference quotient in double
        static double Total(Tensor x, double beta) => x.ToArray().Sum(value => value / (1 + Math.Exp(-beta * value)));
        Assert.Equal((Total(x, 0.7 + 1e-5) - Total(x, 0.7 - 1e-5)) / 2e-5, trained.Beta.Value.Grad[0], 1e-4);
        Assert.Equal("Swish(0.7, trainable)", trained.ToString());
    }

    [Fact]
    [Term("Mish")]
    [Term("Softplus")]
    public void Mish_is_x_tanh_of_softplus()
    {
        Tensor x = Tensor.Linspace(-15, 15, 301);
        Assert.All(new Mish().Forward(x).ToArray().Zip((x * x.Softplus().Tanh()).ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    [Term("Softplus")]
    public void Softplus_bends_around_zero_and_its_derivative_is_the_sigmoid()
    {
        Tensor x = Tensor.Linspace(-30, 30, 601);
        Tensor difference = x.Softplus(threshold: 100) - (-x).Softplus(threshold: 100) - x; // ln(1 + e^x) - ln(1 + e^-x) = x
        Assert.True(difference.Abs().Max(0).Item() < 1e-5);
        Assert.All(new Softplus().Derivative(x).ToArray().Zip(x.Sigmoid().ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-7f));
        Assert.Equal(MathF.Log(2), x.Softplus()[300], 1e-7f);
        Assert.True((new Softplus(200).Forward(x) - x.Relu()).Abs().Max(0).Item() <= (Math.Log(2) / 200) + 1e-6);
    }

    [Fact]
    [Term("GELU")]
    public void The_two_forms_of_GELU_differ_by_less_than_5e_4()
    {
        Tensor x = Tensor.Linspace(-10, 10, 20001);
        Assert.InRange((new GELU().Forward(x) - new GELU(tanh: true).Forward(x)).Abs().Max(0).Item(), 4.7e-4f, 4.8e-4f);

        // x Phi(x) from the error function
        Assert.True((new GELU().Forward(x) - (x * ((x / Math.Sqrt(2)).Erf() + 1) / 2)).Abs().Max(0).Item() < 1e-6f);
    }

    [Fact]
    public void Names_are_short()
    {
        Module[] activations = [new ELU(), new GELU(), new GELU(tanh: true), new Softplus(), new HardTanh(-2, 0.5), new Swish(), new PReLU(3), new Maxout(4, 3), new AconC(3), new MetaAcon(3)];
        Assert.Equal(
            ["ELU(1)", "GELU()", "GELU(tanh)", "Softplus(beta=1, threshold=20)", "HardTanh(-2, 0.5)", "Swish(1)", "PReLU(3)", "Maxout(4, 3, 2 pieces)", "AconC(3)", "MetaAcon(3, ChannelWise)"],
            activations.Select(activation => activation.ToString()));
    }
}
