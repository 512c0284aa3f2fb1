using CourseLib.Activations;
using CourseLib.Layers;
using CourseLib.Tensors;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Parity;

/// <summary>Values and derivatives of activations against PyTorch 1.13, each element to 1e-5 of its own size.</summary>
public class ActivationParityTests
{
    private static readonly Dictionary<string, Module> Activations = new()
    {
        ["ReLU"] = new ReLU(),
        ["LeakyReLU"] = new LeakyReLU(0.1),
        ["Sigmoid"] = new Sigmoid(),
        ["Tanh"] = new Tanh(),
    };

    public static TheoryData<string> Names => [.. Fixture.Names("activations")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Activation(string name)
    {
        Fixture fixture = Fixture.Load("activations", name);
        Tensor x = fixture.Input("x").AsParameter();
        Tensor y = Activations[name].Forward(x);

        // Elementwise functions are compared one by one: each to 1e-5 of its own size, and to denormals at the far ends.
        y.Backward(fixture["weights"]);
        AssertEach(fixture["output"], y, name);
        AssertEach(fixture.Gradients.Single().Value, x.Grad, name + " gradient");
    }

    private static void AssertEach(Tensor expected, Tensor actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs((double)actual.Span[i] - expected.Span[i]);
            Assert.True(error <= (1e-5 * Math.Abs(expected.Span[i])) + 1e-37, FormattableString.Invariant($"{what}, element {i}: expected {expected.Span[i]}, got {actual.Span[i]}"));
        }
    }
}
