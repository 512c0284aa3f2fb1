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
    [InlineData("ReLU")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("GELU")]
    [InlineData("SiLU")]
    [InlineData("Mish")]
    public void A_layer_after_the_activation_keeps_the_variance(string name)
    {
        Module activation = name switch { "ReLU" => new ReLU(), "Tanh" => new Tanh(), "Sigmoid" => new Sigmoid(), "GELU" => new GELU(), "SiLU" => new SiLU(), _ => new Mish() };
        Assert.InRange(After(1, activation, Gain.Of(activation.Forward), 1024), 0.95, 1.05);
        Assert.NotInRange(After(1, activation, Gain.Linear, 1024), 0.8, 1.2);
    }

    [Theory]
    [InlineData("ReLU")]
    [InlineData("Tanh")]
    public void A_deep_network_keeps_it_too(string name)
    {
        Module activation = name == "ReLU" ? new ReLU() : new Tanh();
        Assert.InRange(After(20, activation, Gain.Of(activation.Forward), 256), 0.6, 1.6);
        Assert.InRange(After(20, activation, Gain.Linear, 256), 0, 0.1);
    }

    [Fact]
    public void What_a_layer_makes_of_a_deviation()
    {
        // d ln(moment after) / d ln(moment before) at 1: gain^2 E f(sqrt(q) z)^2 for q beside 1
        static double Growth(Module activation) =>
            2 * Math.Log(Gain.Of(activation.Forward) / Gain.Of(z => activation.Forward(z * Math.Sqrt(1.02)))) / Math.Log(1.02);
        Assert.Equal(1, Growth(new ReLU()), 1e-3);
        Assert.InRange(Growth(new Tanh()), 0.4, 0.5);
        Assert.Equal(1.08, Growth(new Mish()), 0.01);
        Assert.Equal(1.14, Growth(new GELU()), 0.01);
        Assert.Equal(1.17, Growth(new SiLU()), 0.01);
    }

    /// <summary>The second moment before the activation, after so many layers from N(0, 1).</summary>
    private static double After(int layers, Module activation, double gain, int width)
    {
        Generator generator = new(3);
        Tensor z = Tensor.RandN([64, width], generator);
        for (int layer = 0; layer < layers; layer++)
        {
            z = new Linear(width, width, bias: false, new Kaiming(gain: gain), generator).Forward(activation.Forward(z));
        }

        return z.Square().Mean().Item();
    }
}
