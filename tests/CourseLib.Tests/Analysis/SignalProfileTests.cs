using CourseLib.Activations;
using CourseLib.Analysis;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using Xunit;

namespace CourseLib.Tests.Analysis;

public class SignalProfileTests
{
    [Fact]
    [Term("Vanishing gradient")]
    [Term("Exploding gradient")]
    [Term("Variance through layers")]
    public void A_chain_of_scaled_identities_scales_signals_forward_and_gradients_backward()
    {
        Linear twice = Scaled(2), thrice = Scaled(3);
        SignalProfile profile = SignalProfile.Measure(new Sequential(twice, thrice), Tensor.From(new float[,] { { 1, 3 } }));

        Assert.Equal([2, 4, 12], profile.Mean);
        Assert.Equal([5, 20, 180], profile.MeanSquare);
        Assert.Equal([1, 4, 36], profile.Variance);
        Assert.Equal([36, 9, 1], profile.GradientMeanSquare);
    }

    [Fact]
    public void A_stack_has_the_widths_asked_for_no_biases_and_a_profile_of_every_layer()
    {
        Sequential stack = SignalProfile.Stack([5, 3, 2], new Constant(0.5), () => new Identity(), new Generator(1));
        Assert.Equal([new Shape(3, 5), new Shape(2, 3)], stack.Parameters.Select(weight => weight.Shape));
        Assert.Equal(0.5 * 3 * 0.5 * 5, stack.Forward(Tensor.Ones(1, 5))[0, 1], 1e-6);

        // 400 units with Var[w] = 1/100 multiply the mean square by 4, there and back.
        SignalProfile profile = SignalProfile.OfStack([400, 400, 400], new Normal(0, 0.1), () => new Identity(), new Generator(2));
        Assert.Equal(3, profile.MeanSquare.Length);
        Assert.InRange(profile.MeanSquare[2] / profile.MeanSquare[0], 10, 24);
        Assert.InRange(profile.GradientMeanSquare[0] / profile.GradientMeanSquare[2], 10, 24);
        Assert.Throws<ArgumentOutOfRangeException>(() => SignalProfile.Stack([5], new Constant(1), () => new Identity(), new Generator(1)));
    }

    /// <summary>Twelve saturating layers lose the gradient on its way back; He's weights under ReLU keep it; weights three times as large make it explode.</summary>
    [Theory]
    [Term("Vanishing gradient")]
    [Term("Exploding gradient")]
    [InlineData("sigmoid", 1.0, 0, 1e-8)]
    [InlineData("relu", 1.0, 0.02, 50)]
    [InlineData("relu", 3.0, 1e8, double.PositiveInfinity)]
    public void Saturation_makes_gradients_vanish_and_large_weights_make_them_explode(string activation, double scale, double least, double most)
    {
        Generator generator = new(9);
        List<Module> layers = [];
        for (int layer = 0; layer < 12; layer++)
        {
            Linear linear = new(64, 64, initializer: new Kaiming(), generator: generator);
            linear.Weight.CopyFrom(linear.Weight.Detach() * scale);
            layers.Add(new Sequential(linear, activation == "relu" ? new ReLU() : new CourseLib.Activations.Sigmoid()));
        }

        SignalProfile profile = SignalProfile.Measure(new Sequential([.. layers]), Tensor.RandN([32, 64], generator));
        Assert.InRange(profile.GradientMeanSquare[0] / profile.GradientMeanSquare[^1], least, most);
    }

    [Fact]
    public void A_given_gradient_enters_at_the_output()
    {
        SignalProfile profile = SignalProfile.Measure(new Sequential(Scaled(2)), Tensor.Ones(1, 2), Tensor.From(new float[,] { { 5, 0 } }));

        Assert.Equal([50, 12.5], profile.GradientMeanSquare);
    }

    [Fact]
    [Term("Variance through layers")]
    public void Squares_below_the_range_of_float_are_kept()
    {
        SignalProfile profile = SignalProfile.Measure(new Sequential(Scaled(1e-15f), Scaled(1e-15f)), Tensor.Ones(1, 2));

        Assert.InRange(profile.MeanSquare[2], 0.999e-60, 1.001e-60);
    }

    [Fact]
    public void Measuring_twice_gives_the_same_gradients_in_the_parameters()
    {
        Linear layer = Scaled(2);
        Sequential network = new(layer);
        SignalProfile.Measure(network, Tensor.Ones(1, 2));
        SignalProfile.Measure(network, Tensor.Ones(1, 2));

        Assert.True(!layer.Weight.HasGrad || layer.Weight.Grad.ToArray().All(value => value == 1));
    }

    private static Linear Scaled(float factor)
    {
        Linear layer = new(2, 2, bias: false);
        layer.Weight.CopyFrom(Tensor.Eye(2) * factor);
        return layer;
    }
}
