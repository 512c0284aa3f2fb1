using CourseLib.Activations;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Parity;

/// <summary>Values and derivatives of activations against PyTorch 1.13, each element to 1e-5 of its own size.</summary>
[Term("Sigmoid")]
[Term("Hyperbolic tangent")]
[Term("ReLU")]
[Term("Leaky ReLU")]
[Term("Softplus")]
[Term("ELU")]
[Term("GELU")]
[Term("Swish")]
[Term("Mish")]
public class ActivationParityTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Activations = new()
    {
        ["ReLU"] = new ReLU().Forward,
        ["LeakyReLU"] = new LeakyReLU(0.1).Forward,
        ["Sigmoid"] = new Sigmoid().Forward,
        ["Tanh"] = new Tanh().Forward,
        ["Softplus"] = new Softplus().Forward,
        ["Softplus sharp"] = new Softplus(2, 5).Forward,
        ["ELU"] = new ELU().Forward,
        ["ELU 0.5"] = new ELU(0.5).Forward,
        ["GELU"] = new GELU().Forward,
        ["GELU tanh"] = new GELU(tanh: true).Forward,
        ["SiLU"] = new SiLU().Forward,
        ["Swish 2"] = new Swish(2).Forward,
        ["Mish"] = new Mish().Forward,
        ["HardTanh"] = new HardTanh().Forward,
        ["HardTanh -2 0.5"] = new HardTanh(-2, 0.5).Forward,
        ["HardSigmoid"] = new HardSigmoid().Forward,
        ["ReLU6"] = new ReLU6().Forward,
        ["Erf"] = x => x.Erf(),
        ["Softsign"] = new Softsign().Forward,
        ["Atan"] = x => x.Atan(),
    };

    private static readonly Dictionary<string, Func<(Module Module, (string Name, Tensor Value)[] Parameters)>> Layers = new()
    {
        ["PReLU"] = () => Parts(new PReLU(3), module => [("weight", module.Weight)]),
        ["AconA"] = () => Parts(new AconA(3), module => [("beta", module.Beta)]),
        ["AconB"] = () => Parts(new AconB(3), module => [("p", module.P), ("beta", module.Beta)]),
        ["AconC"] = () => Parts(new AconC(3), module => [("p1", module.P1), ("p2", module.P2), ("beta", module.Beta)]),
        ["Maxout"] = () => Parts(new Maxout(3, 2, 3), module => [("weight", module.Weight), ("bias", module.Bias)]),
    };

    public static TheoryData<string> Names => [.. Activations.Keys];

    public static TheoryData<string> LayerNames => [.. Fixture.Names("modern_activations").Where(name => Layers.ContainsKey(name.Split(' ')[0]))];

    [Fact]
    public void Every_case_is_compared()
    {
        string[] cases = [.. Fixture.Names("activations"), .. Fixture.Names("modern_activations").Where(name => name.Split(' ')[0] is not ("SmoothMaximum" or "Maxout" or "PReLU" or "AconA" or "AconB" or "AconC"))];
        Assert.Equal(Activations.Keys, cases);
        Assert.Equal(9, LayerNames.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Activation(string name)
    {
        Fixture fixture = Fixture.Load(Fixture.Names("activations").Contains(name) ? "activations" : "modern_activations", name);
        Tensor x = fixture.Input("x").AsParameter();
        Tensor y = Activations[name](x);

        // Elementwise functions are compared one by one: each to 1e-5 of its own size, and to denormals at the far ends. torch computes GELU as
        // x (1 + erf) / 2, from which -10 leaves nothing even in double; how exact the tail is here says ActivationAccuracyTests.
        double least = name.StartsWith("GELU", StringComparison.Ordinal) ? 1e-14 : 1e-37;
        y.Backward(fixture["weights"]);
        AssertEach(fixture["output"], y, name, least);
        AssertEach(fixture.Gradients.Single().Value, x.Grad, name + " gradient", least);
    }

    [Theory]
    [MemberData(nameof(LayerNames))]
    [Term("ACON")]
    [Term("Maxout")]
    public void Activation_with_parameters(string name)
    {
        Fixture fixture = Fixture.Load("modern_activations", name);
        Tensor x = fixture.Input("x").AsParameter();
        (Module module, (string Name, Tensor Value)[] parameters) = Layers[name.Split(' ')[0]]();
        Dictionary<string, Tensor> inputs = new() { ["x"] = x };
        foreach ((string parameter, Tensor value) in parameters)
        {
            value.CopyFrom(fixture.Input(parameter));
            inputs[parameter] = value;
        }

        Fixture.Compare(fixture, module.Forward(x), inputs, name);
    }

    [Theory]
    [InlineData("SmoothMaximum image", 1.5)]
    [InlineData("SmoothMaximum rows", -0.5)]
    [Term("Smooth maximum")]
    public void Smooth_maximum(string name, double beta)
    {
        Fixture fixture = Fixture.Load("modern_activations", name);
        Tensor x = fixture.Input("x").AsParameter();
        Fixture.Compare(fixture, x.SmoothMaximum(beta, 1), new() { ["x"] = x }, name);
    }

    private static (Module Module, (string Name, Tensor Value)[] Parameters) Parts<T>(T module, Func<T, (string Name, Tensor Value)[]> parameters)
        where T : Module => (module, parameters(module));

    private static void AssertEach(Tensor expected, Tensor actual, string what, double least)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs((double)actual.Span[i] - expected.Span[i]);
            Assert.True(error <= (1e-5 * Math.Abs(expected.Span[i])) + least, FormattableString.Invariant($"{what}, element {i}: expected {expected.Span[i]}, got {actual.Span[i]}"));
        }
    }
}
