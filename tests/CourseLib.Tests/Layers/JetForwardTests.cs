using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Layers;

/// <summary>Modules on jets: the same value as on tensors, derivatives through the whole network, and the refusal of layers that cannot.</summary>
public class JetForwardTests
{
    [Fact]
    public void Every_smooth_module_gives_its_own_value_and_passes_the_gradient_check()
    {
        Generator generator = new(2);
        Module[] activations = [new Tanh(), new Sigmoid(), new Softplus(2), new SiLU(), new GELU(), new GELU(tanh: true), new Mish(), new Swish(1.5), new Swish(1.5, trainable: true), new Identity()];
        Tensor x = Tensor.RandN([5, 2], generator);
        foreach (Module activation in activations)
        {
            Sequential body = new(new Linear(3, 3, generator: generator), activation);
            Sequential model = new(new Linear(2, 3, generator: generator), activation, new Residual(body, 0.5), new Residual(body), new Linear(3, 2, bias: false, generator: generator));
            Assert.Equal(model.Forward(x).ToArray(), model.Forward(Jet.Of(x)).Value.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);

            // d^2/dx^2 of the output is what differences of first derivatives say.
            double error = GradientCheck.RelativeError(p => model.Forward(Jet.Of(p[0], [])).D(1), x);
            Jet u = model.Forward(Jet.Of(x));
            x.SetRequiresGrad(false);
            Assert.True(error < 3e-4, $"{activation}: relative error {error}");
            Tensor differences = (model.Forward(Jet.Of(x + Tensor.From([0, 1f / 64]))).D(0) - model.Forward(Jet.Of(x - Tensor.From([0, 1f / 64]))).D(0)) * 32;
            Assert.Equal(differences.ToArray(), u.D(0, 1).ToArray(), (a, b) => Math.Abs(a - b) < 1e-3);
        }
    }

    [Fact]
    public void A_ReLU_network_has_first_derivatives_only()
    {
        Generator generator = new(3);
        Sequential model = new(new Linear(2, 8, generator: generator), new ReLU(), new Linear(8, 4, generator: generator), new LeakyReLU(), new Linear(4, 1, generator: generator));
        Tensor x = Tensor.RandN([6, 2], generator).AsParameter();
        model.Forward(x).Sum().Backward();
        Jet u = model.Forward(Jet.Of(x.Detach(), []));
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(x.Grad.Slice(1, i, 1).ToArray(), u.D(i).ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        }

        Assert.Contains("use a smooth activation", Assert.Throws<InvalidOperationException>(() => model.Forward(Jet.Of(x))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_cannot_is_named()
    {
        Jet x = Jet.Of(Tensor.Ones(4, 3));
        Sequential model = new(new Linear(3, 3), new BatchNorm1d(3));
        Assert.Contains("BatchNorm1d", Assert.Throws<NotSupportedException>(() => model.Forward(x)).Message, StringComparison.Ordinal);
        Module dropout = new Dropout();
        Assert.Contains("Dropout(0.5) does not pass on derivatives", Assert.Throws<NotSupportedException>(() => dropout.Forward(x)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Residual(new Linear(3, 2)).Forward(x));
    }
}
