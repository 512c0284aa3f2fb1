using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Regularizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Regularizers;

/// <summary>Penalties, their gradients, and whom they are for.</summary>
public class RegularizerTests
{
    [Fact]
    [Term("L1")]
    [Term("L2")]
    public void Values_and_gradients_are_the_formulas()
    {
        float[] numbers = [-2, 0.5f, 0, 3];
        Tensor w = Tensor.From(numbers).AsParameter();
        Tensor l1 = new L1(0.1).Penalty(w);
        Assert.Equal(0.1f * 5.5f, l1.Item(), 1e-6f);
        l1.Backward();
        Assert.Equal([-0.1f, 0.1f, 0, 0.1f], w.Grad.ToArray());
        w.ZeroGrad();
        Tensor l2 = new L2(0.1).Penalty(w);
        Assert.Equal(0.1f * 13.25f, l2.Item(), 1e-6f);
        l2.Backward();
        Assert.Equal(numbers.Select(x => 2 * 0.1f * x), w.Grad.ToArray());
    }

    [Fact]
    [Term("L1")]
    [Term("L2")]
    public void Gradients_match_difference_quotients_for_random_shapes()
    {
        Generator generator = new(3);
        for (int i = 0; i < 20; i++)
        {
            int[] shape = [.. Enumerable.Range(0, 1 + generator.NextInt(4)).Select(_ => 1 + generator.NextInt(4))];

            // At least 1/2 away from the kink at 0.
            Tensor away = Tensor.Empty(shape);
            foreach (ref float x in away.Span)
            {
                x = (0.5f + generator.NextSingle()) * (generator.NextInt(2) == 0 ? -1 : 1);
            }

            Assert.InRange(GradientCheck.RelativeError(x => new L1(0.3).Penalty(x), away), 0, 3e-4);
            Assert.InRange(GradientCheck.RelativeError(x => new L2(0.3).Penalty(x), Tensor.RandN(new Shape(shape), generator)), 0, 3e-4);
        }
    }

    [Fact]
    [Term("Activation penalty")]
    public void Activations_cost_something_per_example()
    {
        Generator generator = new(4);
        Linear linear = new(3, 5, generator: generator);
        foreach (Regularizer regularizer in new Regularizer[] { new L1(0.7), new L2(0.7) })
        {
            ActivationPenalty layer = new(new CourseLib.Activations.Tanh(), regularizer);
            Tensor x = Tensor.RandN([4, 3], generator);
            Tensor y = layer.Forward(linear.Forward(x));
            double expected = 0.7 / 4 * y.ToArray().Sum(h => regularizer is L1 ? Math.Abs(h) : h * h);
            Assert.Equal(expected, layer.Penalty.Item(), 1e-5);
            Assert.Equal(linear.Forward(x).Tanh().ToArray(), y.ToArray());

            Tensor WithPenalty(Tensor[] inputs)
            {
                Tensor output = layer.Forward(linear.Forward(inputs[0]));
                return output.Square().Sum() + layer.Penalty;
            }

            // L1 has kinks where an activation is 0: small inputs of one sign stay on one side.
            Tensor at = regularizer is L2 ? x : Tensor.Full(2, 4, 3);
            Assert.InRange(GradientCheck.RelativeError(WithPenalty, at, linear.Weight, linear.Bias!.Value), 0, 3e-4);
        }
    }

    [Fact]
    [Term("Activation penalty")]
    public void Evaluation_makes_no_penalty()
    {
        ActivationPenalty layer = new(new ReLU(), new L1(1));
        Assert.Contains("no penalty before a forward pass", Assert.Throws<InvalidOperationException>(() => layer.Penalty).Message, StringComparison.Ordinal);
        layer.Eval();
        Assert.Equal([0, 2], layer.Forward(Tensor.From([-1f, 2], 1, 2)).ToArray());
        Assert.Throws<InvalidOperationException>(() => layer.Penalty);
        layer.Train();
        layer.Forward(Tensor.From([-1f, 2], 1, 2));
        Assert.Equal(2, layer.Penalty.Item());
        Assert.Equal("ActivationPenalty(ReLU, L1(1))", layer.ToString());
        Assert.Equal(7, new ActivationPenalty(new Linear(7, 1, bias: false), new L1(1)).CountMultiplications(new Shape(1)));
    }

    [Fact]
    public void Weights_biases_or_both_or_a_choice_by_name()
    {
        Sequential model = new(new Conv2d(1, 2, 3), new BatchNorm2d(2), new Flatten(), new Linear(8, 3));
        static string[] Names(Regularizer regularizer, Module model) => [.. regularizer.Select(model).Select(parameter => model.NamedParameters.First(own => own.Value == parameter).Name)];
        Assert.Equal(["0.weight", "3.weight"], Names(new L2(1), model));
        Assert.Equal(["0.bias", "1.bias", "3.bias"], Names(new L2(1, ParameterSet.Biases), model));
        Assert.Equal(model.NamedParameters.Select(parameter => parameter.Name), Names(new L1(1, ParameterSet.All), model));
        Assert.Equal(["3.weight", "3.bias"], Names(new L1(1, (name, _) => name.StartsWith("3.", StringComparison.Ordinal)), model));

        double squares = model.NamedParameters.Where(parameter => parameter.Value.Rank >= 2).Sum(parameter => parameter.Value.ToArray().Sum(w => (double)w * w));
        Assert.Equal(0.5 * squares, new L2(0.5).Penalty(model).Item(), 1e-5);
        Assert.True(ParameterSet.Biases("bias", Tensor.Zeros(1)) && !ParameterSet.Biases("my-bias", Tensor.Zeros(1)));
    }

    [Fact]
    public void What_makes_no_penalty_is_named()
    {
        Says("L2: expected lambda to be a finite number from 0 on, got -1.", () => new L2(-1));
        Says("L1: expected lambda", () => new L1(double.NaN));
        Says("L1: none of the parameters of ReLU is selected", () => new L1(1).Penalty(new ReLU()));
        Says("'weight' (2, 3)", () => new L1(1, ParameterSet.Biases).Penalty(new Linear(3, 2, bias: false)));
        Says("L2: there is nothing to penalise", () => new L2(1).Penalty([]));

        static void Says(string text, Func<object> action) => Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }
}
