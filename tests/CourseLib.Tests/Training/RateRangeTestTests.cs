using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

[Term("Learning rate range test")]
public class RateRangeTestTests
{
    [Fact]
    public void It_leaves_the_model_as_it_was()
    {
        (Module model, _, Dataset data) = SmallNetwork.Make("Adam");
        model.Children[1].Module.Eval();
        IReadOnlyDictionary<string, Tensor> before = model.CopyState();
        RateRange range = RateRangeTest.Run(model, (parameters, rate) => new Adam(parameters, rate), new CrossEntropyLoss(), data, 20, generator: new Generator(1), steps: 30);
        Assert.All(model.CopyState(), entry => Assert.Equal(before[entry.Key].ToArray(), entry.Value.ToArray()));
        Assert.Contains("1.running_mean", before.Keys);
        Assert.True(model.IsTraining && model.Children[0].Module.IsTraining && !model.Children[1].Module.IsTraining);
        Assert.All(model.Parameters, parameter => Assert.False(parameter.HasGrad));
        Assert.InRange(range.Rates.Count, 10, 30);
        Assert.Equal(range.Rates.Count, range.Losses.Count);
        Assert.Equal(range.Rates.Count, range.Smoothed.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void On_a_quadratic_the_suggestion_lies_under_the_edge_of_stability(double scale)
    {
        // mean (scale * w)^2 has the curvature 2 scale^2: gradient descent converges for rates under 2 / (2 scale^2).
        double edge = 1 / (scale * scale);
        Linear model = new(1, 1, bias: false, initializer: new CourseLib.Initializers.Constant(3));
        Dataset data = new(Tensor.Full(scale, 4, 1), Tensor.Zeros(4, 1));
        RateRange range = RateRangeTest.Run(model, (parameters, rate) => new SGD(parameters, rate), new MSELoss(), data, 4, 1e-5 * edge, 1e3 * edge, 200);
        Assert.InRange(range.Suggested, edge / 1000, edge);
        Assert.InRange(range.Highest, 10 * range.Suggested, 20 * edge);
        Assert.Equal(range.Smoothed.Min(), range.Smoothed[range.Rates.ToList().IndexOf(range.Highest)]);

        // The run ended when the loss exploded, not at the last rate.
        Assert.InRange(range.Rates[^1], edge, 100 * edge);
        Assert.True(range.Losses[^1] > 4 * range.Losses[0]);
        double factor = range.Rates[1] / range.Rates[0];
        Assert.All(range.Rates.Zip(range.Rates.Skip(1)), pair => Assert.Equal(factor, pair.Second / pair.First, 1e-9));
        Assert.Contains("suggested is", range.ToString(), StringComparison.Ordinal);

        // What it suggests trains.
        History history = new Trainer(model, new SGD(model.Parameters, range.Suggested), new MSELoss()).Fit(data, 400, 4);
        Assert.True(history.StepLosses[^1] < history.StepLosses[0] / 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_noise_of_small_batches_does_not_decide(ulong seed)
    {
        // The losses of single batches jump more at rates that change nothing than they fall at rates that do.
        Dataset digits = Digits.LoadShipped().Take(1000, 10).Standardized().Train;
        Generator generator = new(seed);
        Sequential model = new(new Flatten(), new Linear(784, 32, generator: generator), new CourseLib.Activations.ReLU(), new Linear(32, 10, generator: generator));
        RateRange range = RateRangeTest.Run(model, (parameters, rate) => new SGD(parameters, rate), new CrossEntropyLoss(), digits, 16, 1e-5, 10, 150, generator);
        Assert.InRange(range.Suggested, 1e-3, range.Highest / 10);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_the_range()
    {
        Linear model = new(1, 1, bias: false, initializer: new CourseLib.Initializers.Constant(1));
        Dataset data = new(Tensor.Ones(4, 1), Tensor.Zeros(4, 1));
        RateRange range = RateRangeTest.Run(model, (parameters, rate) => new SGD(parameters, rate), new MSELoss(), data, 4, 1e-3, 1e30, 4);
        Assert.All(range.Losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.Equal(1, model.Weight[0, 0]);
    }

    [Fact]
    public void Arguments_that_make_no_range_are_named()
    {
        Linear model = new(1, 1);
        Dataset data = new(Tensor.Ones(4, 1), Tensor.Zeros(4, 1));
        Says("expected 0 < from < to, got from 1 to 0.1", () => Run(1, 0.1, 10));
        Says("expected 0 < from < to", () => Run(0, 1, 10));
        Says("steps must be at least 2", () => Run(0.1, 1, 1));

        RateRange Run(double from, double to, int steps) => RateRangeTest.Run(model, (parameters, rate) => new SGD(parameters, rate), new MSELoss(), data, 4, from, to, steps);
        static void Says(string text, Func<object> action) => Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }
}
