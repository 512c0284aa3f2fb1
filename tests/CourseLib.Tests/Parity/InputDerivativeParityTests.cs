using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Parity;

/// <summary>
/// A network's derivatives by its inputs, and the gradient of a residual of them by all weights, against PyTorch's double backward in float64.
/// To 1e-5 relative, with the sums of the loss's gradient to 5e-5: in float32 their terms cancel.
/// </summary>
[Term("Physics-informed loss")]
public class InputDerivativeParityTests
{
    private static readonly Dictionary<string, Func<Module>> Activations = new()
    {
        ["Tanh"] = () => new Tanh(),
        ["Sigmoid"] = () => new Sigmoid(),
        ["Softplus"] = () => new Softplus(2),
        ["SiLU"] = () => new SiLU(),
        ["GELU"] = () => new GELU(),
        ["GELU tanh"] = () => new GELU(tanh: true),
        ["Mish"] = () => new Mish(),
        ["Sin"] = () => new Sine(),
    };

    public static TheoryData<string> Names => [.. Fixture.Names("input_derivatives")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Network(string name)
    {
        Fixture fixture = Fixture.Load("input_derivatives", name);
        Linear[] layers = [new(3, 6), new(6, 5), new(5, 2)];
        for (int layer = 0; layer < 3; layer++)
        {
            layers[layer].Weight.CopyFrom(fixture[$"weight {layer}"]);
            layers[layer].Bias!.Value.CopyFrom(fixture[$"bias {layer}"]);
        }

        Sequential model = new(layers[0], Activations[name](), layers[1], Activations[name](), layers[2]);
        Jet u = model.Forward(Jet.Of(fixture["x"]));
        Fixture.AssertClose(fixture["u"], u.Value, $"{name}: u");
        Tensor first = Tensor.Empty(7, 2, 3);
        Tensor second = Tensor.Empty(7, 2, 3, 3);
        for (int at = 0; at < second.Length; at++)
        {
            (int row, int k, int i, int j) = (at / 18, at / 9 % 2, at / 3 % 3, at % 3);
            first[row, k, i] = u.D(i)[row, k];
            second[row, k, i, j] = u.D(i, j)[row, k];
        }

        Fixture.AssertClose(fixture["first"], first, $"{name}: first derivatives");
        Fixture.AssertClose(fixture["second"], second, $"{name}: second derivatives");

        Tensor loss = Tensor.Scalar(0);
        (Tensor vx, Tensor vy) = (u.Column(0).Value, u.Column(1).Value);
        for (int k = 0; k < 2; k++)
        {
            Jet v = u.Column(k);
            Tensor residual = (vx * v.D(0)) + (vy * v.D(1)) + v.D(2) - (0.1 * v.Laplacian(0, 1)) + (0.3 * v.D(0, 2)) - 0.5;
            loss += residual.Square().Mean();
        }

        Fixture.AssertClose(fixture["loss"], loss.Reshape(1), $"{name}: loss");
        loss.Backward();
        for (int layer = 0; layer < 3; layer++)
        {
            Fixture.AssertClose(fixture[$"weight gradient {layer}"], layers[layer].Weight.Grad, $"{name}: gradient of weight {layer}", 5e-5);
            Fixture.AssertClose(fixture[$"bias gradient {layer}"], layers[layer].Bias!.Value.Grad, $"{name}: gradient of bias {layer}", 5e-5);
        }
    }

    /// <summary>A module of one's own, as a notebook would write it.</summary>
    private sealed class Sine : Module, IJetModule
    {
        public override Tensor Forward(Tensor x) => x.Sin();

        public Jet Forward(Jet x) => x.Sin();
    }
}
