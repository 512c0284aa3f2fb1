using CourseLib.Activations;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Initializers;

/// <summary>Gains: torch's table, He's condition, and what it does to a deep network.</summary>
[Term("He")]
public class GainTests
{
    [Fact]
    public void Torchs_table()
    {
        // torch.nn.init.calculate_gain, PyTorch 1.13
        Assert.Equal(1, Gain.Linear);
        Assert.Equal(1, Gain.Sigmoid);
        Assert.Equal(1.6666666666666667, Gain.Tanh, 1e-15);
        Assert.Equal(1.4142135623730951, Gain.ReLU, 1e-15);
        Assert.Equal(1.4141428569978354, Gain.LeakyReLU(), 1e-15);
        Assert.Equal(1.3867504905630728, Gain.LeakyReLU(0.2), 1e-15);
        Assert.Equal(0.75, Gain.SELU);
    }

    [Fact]
    public void Of_an_activation_it_keeps_the_second_moment()
    {
        Assert.Equal(1, Gain.Of(new Identity().Forward), 1e-6);
        Assert.Equal(Gain.ReLU, Gain.Of(new ReLU().Forward), 1e-6);
        Assert.Equal(Gain.LeakyReLU(0.2), Gain.Of(new LeakyReLU(0.2).Forward), 1e-6);
        Assert.Equal(1.592537, Gain.Of(new Tanh().Forward), 1e-5);
        Assert.Equal(1.846229, Gain.Of(new Sigmoid().Forward), 1e-5);
        Assert.Equal(1, Gain.Of(x => x.Elu(1.6732632423543772) * 1.0507009873554805), 1e-5); // SELU, which normalises itself
        Assert.Contains("square", Assert.Throws<ArgumentException>(() => Gain.Of(x => x * 0)).Message, StringComparison.Ordinal);
        Assert.Contains("became ()", Assert.Throws<ArgumentException>(() => Gain.Of(x => x.Sum())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GELU")]
    [InlineData("Mish")]
    [InlineData("Tanh")]
    [InlineData("SiLU")]
    public void A_deep_network_keeps_its_variance_with_it_and_not_without(string name)
    {
        Module activation = name switch { "GELU" => new GELU(), "Mish" => new Mish(), "Tanh" => new Tanh(), _ => new SiLU() };
        Assert.InRange(AfterTwelveLayers(activation, Gain.Of(activation.Forward)), 0.7, 1.4);
        Assert.NotInRange(AfterTwelveLayers(activation, 1), 0.3, 3);
    }

    private static double AfterTwelveLayers(Module activation, double gain)
    {
        Generator generator = new(3);
        Tensor z = Tensor.RandN([64, 256], generator);
        for (int layer = 0; layer < 12; layer++)
        {
            z = new Linear(256, 256, bias: false, new Kaiming(gain: gain), generator).Forward(activation.Forward(z));
        }

        return z.Square().Mean().Item();
    }
}
