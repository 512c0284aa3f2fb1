using CourseLib.Activations;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Layers;

/// <summary>What the lectures say of neurons, layers and depth, on networks whose answers are known.</summary>
public class NeuronTests
{
    [Fact]
    [Term("Artificial neuron")]
    public void A_bias_is_the_weight_of_an_input_that_is_always_one()
    {
        Linear neuron = new(4, 1, generator: new Generator(1)), extended = new(5, 1, bias: false);
        for (int j = 0; j < 4; j++)
        {
            extended.Weight[0, j + 1] = neuron.Weight[0, j];
        }

        extended.Weight[0, 0] = neuron.Bias!.Value[0];
        Tensor x = Tensor.RandN([20, 4], new Generator(2));
        Tensor a = new Sigmoid().Forward(neuron.Forward(x)), b = new Sigmoid().Forward(extended.Forward(Tensor.Ones(20, 1).Concat(x, 1)));
        Assert.All(a.ToArray().Zip(b.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));

        // The slide appends the 1 last on one page and first on the next; only one of them fits the row w_0.
        Tensor wrong = extended.Forward(x.Concat(Tensor.Ones(20, 1), 1));
        Assert.Contains(wrong.ToArray().Zip(neuron.Forward(x).ToArray()), pair => Math.Abs(pair.First - pair.Second) > 0.1);
    }

    [Fact]
    [Term("Artificial neuron")]
    [Term("Linear")]
    [Term("Vectorisation")]
    public void A_layer_is_its_neurons_side_by_side()
    {
        Linear layer = new(6, 3, generator: new Generator(1));
        Tensor x = Tensor.RandN([10, 6], new Generator(2));
        Tensor together = layer.Forward(x);
        for (int unit = 0; unit < 3; unit++)
        {
            Linear neuron = new(6, 1);
            neuron.Weight.CopyFrom(layer.Weight.SelectRows(unit));
            neuron.Bias!.Value.Fill(layer.Bias!.Value[unit]);
            Assert.All(neuron.Forward(x).ToArray().Zip(together.Slice(1, unit, 1).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(784, 10)]
    [Term("Number of parameters")]
    public void A_layer_of_n_inputs_and_m_outputs_has_m_times_n_plus_one_parameters(int n, int m) =>
        Assert.Equal(m * (n + 1), new Linear(n, m).ParameterCount);

    [Fact]
    [Term("Composition of linear layers")]
    public void Two_linear_layers_are_one_and_with_an_activation_between_them_they_are_not()
    {
        Linear first = new(4, 6, generator: new Generator(1)), second = new(6, 2, generator: new Generator(2)), one = new(4, 2);
        one.Weight.CopyFrom(second.Weight.MatMul(first.Weight));
        one.Bias!.Value.CopyFrom(second.Forward(first.Bias!.Value.Reshape(1, 6)).Reshape(2));
        Tensor x = Tensor.RandN([30, 4], new Generator(3)) * 3;
        float Difference(Module network) => (network.Forward(x) - one.Forward(x)).Abs().Reshape(1, 60).Max(1).Item();
        Assert.True(Difference(new Sequential(first, second)) < 1e-5);
        Assert.True(Difference(new Sequential(first, new ReLU(), second)) > 0.1);
    }

    [Fact]
    [Term("Activation function")]
    public void Xor_needs_a_hidden_layer_and_not_only_an_activation_at_the_output()
    {
        Dataset xor = new(Tensor.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }), Tensor.From(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } }));
        int Right(params Module[] layers)
        {
            Sequential network = new(layers);
            Optimizer optimizer = new Adam(network.Parameters, 0.05);
            new Trainer(network, optimizer, new BCEWithLogitsLoss()).Fit(xor, 400, 4, generator: new Generator(1));
            return network.Forward(xor.Inputs).ToArray().Zip(xor.Targets.ToArray()).Count(pair => pair.First > 0 == pair.Second > 0.5f);
        }

        // The loss puts the sigmoid onto the output in both.
        Assert.True(Right(new Linear(2, 1, generator: new Generator(1))) <= 3);
        Assert.True(Right(new Linear(2, 8, generator: new Generator(1)), new Linear(8, 1, generator: new Generator(2))) <= 3);
        Assert.Equal(4, Right(new Linear(2, 8, generator: new Generator(1)), new Tanh(), new Linear(8, 1, generator: new Generator(2))));
    }

    [Fact]
    [Term("Saturation")]
    public void Sigmoid_and_tanh_saturate_on_both_sides_and_ReLU_on_neither_where_it_is_active()
    {
        float Slope(Module activation, double at)
        {
            Tensor x = Tensor.Scalar(at).AsParameter();
            activation.Forward(x).Backward();
            return x.Grad.Item();
        }

        Assert.All(new[] { -8.0, 8 }, x => Assert.InRange(Slope(new Sigmoid(), x), 0, 4e-4));
        Assert.All(new[] { -8.0, 8 }, x => Assert.InRange(Slope(new Tanh(), x), 0, 1e-6));
        Assert.All(new[] { 0.1, 8, 1e6 }, x => Assert.Equal(1, Slope(new ReLU(), x)));
        Assert.Equal(0.25, Slope(new Sigmoid(), 0), 1e-6);
        Assert.Equal(1, Slope(new Tanh(), 0), 1e-6);
    }

    [Theory]
    [InlineData(1.9, true)]
    [InlineData(2.1, false)]
    [Term("Learning rate")]
    public void A_rate_above_two_over_the_curvature_leaves_the_minimum_and_one_below_comes_to_it(double rate, bool converges)
    {
        // f = x²/2 has curvature 1: each step multiplies the distance by 1 - rate.
        Tensor x = Tensor.Scalar(1).AsParameter();
        Optimizer optimizer = new SGD([x], rate);
        for (int step = 0; step < 60; step++)
        {
            optimizer.ZeroGrad();
            (x.Square() * 0.5).Backward();
            optimizer.Step();
        }

        Assert.Equal(Math.Pow(1 - rate, 60), x.Item(), 1e-3 * Math.Abs(x.Item()));
        Assert.Equal(converges, Math.Abs(x.Item()) < 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [Term("Depth of a network")]
    public void Each_further_layer_of_two_units_doubles_the_number_of_linear_pieces(int depth)
    {
        // One layer is the tent 2 relu(x) - 4 relu(x - 1/2); composed L times it has 2^L pieces (Telgarsky 2016). A single hidden layer of n units has at most n + 1.
        List<Module> layers = [];
        for (int i = 0; i < depth; i++)
        {
            Linear hidden = new(1, 2), output = new(2, 1);
            hidden.Weight.Fill(1);
            hidden.Bias!.Value.CopyFrom(Tensor.From([0, -0.5f]));
            output.Weight.CopyFrom(Tensor.From([2f, -4], 1, 2));
            output.Bias!.Value.Fill(0);
            layers.AddRange([hidden, new ReLU(), output]);
        }

        int points = 1 << 10;
        float[] y = new Sequential([.. layers]).Forward(Tensor.Linspace(0, 1, points + 1).Reshape(points + 1, 1)).ToArray();
        int turns = Enumerable.Range(1, points - 1).Count(i => (y[i + 1] - y[i]) * (y[i] - y[i - 1]) < 0);
        Assert.Equal((1 << depth) - 1, turns);
    }
}
