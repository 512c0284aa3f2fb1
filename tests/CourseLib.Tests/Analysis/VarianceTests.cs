using CourseLib.Analysis;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Analysis;

/// <summary>The variance arguments of the lectures, measured.</summary>
public class VarianceTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, -2)]
    [Term("Variance of a product")]
    public void The_variance_of_a_product_is_the_formulas(double meanOfW, double meanOfX)
    {
        const int Count = 400_000;
        float[] w = new float[Count], x = new float[Count], product = new float[Count];
        new Generator(1).Normal(w, (float)meanOfW, 0.7f);
        new Generator(2).Normal(x, (float)meanOfX, 1.5f);
        Elementwise.Binary<MultiplyOperator>(w, x, product);
        (double ofW, double ofX) = (0.7 * 0.7, 1.5 * 1.5);
        double expected = (meanOfX * meanOfX * ofW) + (meanOfW * meanOfW * ofX) + (ofW * ofX);
        double variance = product.Average(value => (double)value * value) - Math.Pow(product.Average(value => (double)value), 2);
        Assert.Equal(expected, variance, 0.03 * expected);
        if (meanOfW != 0)
        {
            Assert.True(Math.Abs(variance - (ofW * ofX)) > 0.1 * variance, "without the means' terms the formula would hold too");
        }
    }

    [Fact]
    [Term("Xavier")]
    [Term("Variance through layers")]
    public void Xavier_keeps_the_variance_of_symmetric_layers_and_other_scales_do_not()
    {
        double Ratio(Initializer initializer)
        {
            Generator generator = new(3);
            Sequential network = new([.. Enumerable.Range(0, 10).Select(_ => (Module)new Linear(200, 200, bias: false, initializer, generator))]);
            SignalProfile profile = SignalProfile.Measure(network, Tensor.RandN([100, 200], new Generator(4)));
            return profile.Variance[^1] / profile.Variance[0];
        }

        Assert.InRange(Ratio(new Xavier()), 0.7, 1.4);
        Assert.True(Ratio(LinearDefault.Instance) < 1e-3);
        Assert.True(Ratio(new Normal(0, 0.2)) > 1e3);
    }

    [Fact]
    [Term("Equal weights")]
    public void Equal_units_stay_equal_and_a_network_of_zeros_does_not_learn()
    {
        Tensor x = Tensor.RandN([32, 5], new Generator(1)), t = Tensor.RandN([32, 1], new Generator(2));
        (Linear Hidden, Linear Output) Trained(Initializer initializer)
        {
            Linear hidden = new(5, 4, initializer: initializer, generator: new Generator(3)), output = new(4, 1, initializer: initializer, generator: new Generator(4));
            Sequential network = new(hidden, new Tanh(), output);
            Optimizer optimizer = new SGD(network.Parameters, 0.1);
            for (int step = 0; step < 50; step++)
            {
                optimizer.ZeroGrad();
                new MSELoss().Forward(network.Forward(x), t).Backward();
                optimizer.Step();
            }

            return (hidden, output);
        }

        Assert.Equal(1, Spectrum.Rank(Trained(new Constant(0.3)).Hidden.Weight, 1e-4));
        Assert.Equal(4, Spectrum.Rank(Trained(new Xavier()).Hidden.Weight, 1e-4));
        (Linear hidden, Linear output) = Trained(new Zeros());
        Assert.All(hidden.Weight.ToArray().Concat(output.Weight.ToArray()), weight => Assert.Equal(0, weight));
        Assert.NotEqual(0, output.Bias!.Value[0]);
    }

    [Fact]
    [Term("Internal covariance shift")]
    public void The_inputs_of_a_layer_move_while_the_layers_before_it_learn_and_behind_batch_normalisation_they_do_not()
    {
        Tensor x = Tensor.RandN([256, 8], new Generator(1)) + 1, t = Tensor.RandN([256, 1], new Generator(2)) + 3;
        (double Mean, double Scale) Shift(bool normalised)
        {
            Generator generator = new(5);
            Linear first = new(8, 16, generator: generator);
            Module middle = normalised ? new BatchNorm1d(16) : new CourseLib.Activations.Identity();
            middle.Freeze();
            Sequential network = new(first, middle, new Tanh(), new Linear(16, 1, generator: generator));
            Optimizer optimizer = new SGD([first.Weight, first.Bias!.Value, .. ((Linear)network.Children[^1].Module).Parameters], 0.1);
            SignalProfile before = SignalProfile.Measure(network, x);
            for (int step = 0; step < 40; step++)
            {
                optimizer.ZeroGrad();
                new MSELoss().Forward(network.Forward(x), t).Backward();
                optimizer.Step();
            }

            SignalProfile after = SignalProfile.Measure(network, x);
            return (Math.Abs(after.Mean[2] - before.Mean[2]), after.Variance[2] / before.Variance[2]);
        }

        (double mean, double scale) = Shift(normalised: false);
        Assert.True(mean > 0.03 && Math.Abs(scale - 1) > 0.1, $"the mean moved by {mean}, the variance by a factor of {scale}");
        (mean, scale) = Shift(normalised: true);
        Assert.True(mean < 1e-5 && Math.Abs(scale - 1) < 1e-3, $"behind batch normalisation the mean moved by {mean}, the variance by a factor of {scale}");
    }
}
