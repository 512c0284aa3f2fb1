using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Layers;

/// <summary>What modules own and how they are saved, frozen and switched.</summary>
public class ModuleTests
{
    [Fact]
    public void Parts_have_paths()
    {
        Sequential model = new(new Linear(2, 3), new BatchNorm1d(3), new Residual(new Linear(3, 3, bias: false)));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "2.body.weight"], model.NamedParameters.Select(entry => entry.Name));
        Assert.Equal(["1.running_mean", "1.running_var"], model.NamedBuffers.Select(entry => entry.Name));
        Assert.Equal(6 + 3 + 3 + 3 + 9, model.ParameterCount);
        Assert.All(model.Parameters, parameter => Assert.True(parameter.RequiresGrad && parameter.IsLeaf));
        Assert.Contains("'weight'", Assert.Throws<ArgumentException>(() => new Twice()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shared_layer_counts_and_trains_once()
    {
        Linear shared = new(2, 2, bias: false);
        Sequential model = new(shared, new Tanh(), shared);
        Assert.Equal("0.weight", Assert.Single(model.NamedParameters).Name);
        shared.Weight.Fill(1);
        SGD optimizer = new(model.Parameters, 0.5);
        shared.Weight.Sum().Backward();
        optimizer.Step();
        Assert.All(shared.Weight.ToArray(), value => Assert.Equal(0.5f, value));
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new SGD([shared.Weight, shared.Weight], 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void A_rectifier_after_a_batch_normalisation_gives_the_same_together_and_apart(bool training)
    {
        Tensor x = Tensor.RandN([6, 5, 7, 9], new Generator(3)).AsParameter(), upstream = Tensor.RandN([6, 5, 7, 9], new Generator(4));
        float[][] together = Run(model => model.Forward(x), out int operations), apart = Run(model => model.ForwardAll(x)[^1], out int more);
        Assert.Equal(apart, together);
        Assert.Equal(training ? 1 : 2, operations);
        Assert.Equal(2, more);

        float[][] Run(Func<Sequential, Tensor> forward, out int count)
        {
            BatchNorm2d norm = new(5);
            norm.Weight.CopyFrom(Tensor.RandN([5], new Generator(5)));
            norm.Bias.CopyFrom(Tensor.RandN([5], new Generator(6)));
            Sequential model = new(norm, new ReLU());
            model.Train(training);
            x.ZeroGrad();
            Tensor y = forward(model);
            (y * upstream).Sum().Backward();
            count = 1;
            for (Tensor at = y; at.Producer is { } producer && producer.Inputs[0] != x; at = producer.Inputs[0])
            {
                count++;
            }

            return [y.ToArray(), x.Grad.ToArray(), norm.Weight.Grad.ToArray(), norm.Bias.Grad.ToArray(), norm.RunningMean.ToArray(), norm.RunningVariance.ToArray()];
        }
    }

    [Fact]
    public void A_module_made_in_a_tape_outlives_it()
    {
        Module[] modules;
        using (new Tape())
        {
            modules = [new Scale(), new Conv2d(1, 1, 1), new Linear(1, 1), new BatchNorm1d(2), new LayerNorm(2)];
        }

        Assert.All(modules.SelectMany(module => module.NamedParameters.Concat(module.NamedBuffers)), entry => Assert.False(entry.Value.IsReclaimed));
        using (new Tape())
        {
            modules[0].Forward(Tensor.Full(5, 2)).Sum().Backward();
        }

        Assert.Equal(10, modules[0].Parameters[0].Grad.Item());
    }

    [Fact]
    public void A_snapshot_brings_back_parameters_and_statistics()
    {
        Sequential model = new(new Linear(2, 3), new BatchNorm1d(3));
        IReadOnlyDictionary<string, Tensor> before = model.CopyState();
        Tensor x = Tensor.RandN([8, 2], new Generator(1));
        model.Forward(x);
        model.Parameters[0].Fill(7);
        float[] moved = ((BatchNorm1d)model[1]).RunningMean.ToArray();
        model.LoadState(before);
        Assert.Equal(before["0.weight"].ToArray(), model.Parameters[0].ToArray());
        Assert.Equal(new float[3], ((BatchNorm1d)model[1]).RunningMean.ToArray());
        Assert.NotEqual(new float[3], moved);
        Assert.True(model.Parameters[0].RequiresGrad);
        Assert.False(before["0.weight"].RequiresGrad);
    }

    [Fact]
    public void A_state_of_another_structure_changes_nothing()
    {
        Linear model = new(2, 3);
        float[] before = model.Weight.ToArray();
        IReadOnlyDictionary<string, Tensor> other = new Linear(2, 3, initializer: new Constant(9)).CopyState();
        Dictionary<string, Tensor> more = new(other) { ["extra"] = Tensor.Ones(1) };
        Assert.Contains("'extra'", Error(() => model.LoadState(more)), StringComparison.Ordinal);
        Assert.Contains("'bias'", Error(() => model.LoadState(new Linear(2, 3, bias: false).CopyState())), StringComparison.Ordinal);
        Assert.Contains("(3, 2)", Error(() => model.LoadState(new Linear(4, 3).CopyState())), StringComparison.Ordinal);
        Assert.Equal(before, model.Weight.ToArray());
        model.LoadState(other);
        Assert.Equal(9, model.Weight[0, 0]);
    }

    [Fact]
    [Term("Fine-tuning")]
    public void A_frozen_part_stays_as_it_is()
    {
        Sequential model = new(new Linear(2, 2), new Linear(2, 1));
        model.Forward(Tensor.Ones(4, 2)).Sum().Backward();
        model[0].Freeze();
        IReadOnlyDictionary<string, Tensor> before = model.CopyState();
        Adam optimizer = new(model.Parameters);
        optimizer.Step();
        Assert.Equal(before["0.weight"].ToArray(), model.Parameters[0].ToArray());
        Assert.NotEqual(before["1.weight"].ToArray(), model.Parameters[2].ToArray());
        model[0].Freeze(false);
        Assert.All(model.Parameters, parameter => Assert.True(parameter.RequiresGrad));
    }

    [Fact]
    public void Sequential_gives_the_outputs_of_all_its_modules()
    {
        Sequential model = new(new Linear(2, 3), new ReLU(), new Linear(3, 1));
        Tensor x = Tensor.RandN([5, 2], new Generator(1));
        IReadOnlyList<Tensor> outputs = model.ForwardAll(x);
        Assert.Equal([new Shape(5, 3), new Shape(5, 3), new Shape(5, 1)], outputs.Select(output => output.Shape));
        Assert.Equal(outputs[0].Relu().ToArray(), outputs[1].ToArray());
        Assert.Equal(model.Forward(x).ToArray(), outputs[^1].ToArray());
    }

    [Fact]
    [Term("Skip connection")]
    public void Residual_adds_its_scaled_branch_and_wants_the_same_shape()
    {
        Linear body = new(2, 2, bias: false, new Constant(1));
        Assert.Equal([2f, 3], new Residual(body, 0.5).Forward(Tensor.From([0.5f, 1.5f], 1, 2)).ToArray().Select(value => value + 0.5f));
        string error = Error(() => new Residual(new Linear(2, 3)).Forward(Tensor.Ones(4, 2)));
        Assert.Contains("(4, 2)", error, StringComparison.Ordinal);
        Assert.Contains("(4, 3)", error, StringComparison.Ordinal);
    }

    [Fact]
    [Term("BatchNorm")]
    [Term("Running statistics")]
    [Term("Training and evaluation mode")]
    public void Batch_norm_uses_the_batch_in_training_and_its_averages_in_evaluation()
    {
        BatchNorm1d layer = new(2, momentum: 0.5);
        Tensor x = Tensor.From(new float[,] { { 1, 10 }, { 3, 30 } });
        Assert.Equal(0, layer.Forward(x).Sum().Item(), 1e-5f);
        Assert.Equal([1f, 10], layer.RunningMean.ToArray());
        Assert.Equal([1.5f, 100.5f], layer.RunningVariance.ToArray());
        layer.Eval();
        using Tape tape = new();
        float[] expected = [(3 - 1) / MathF.Sqrt(1.5f + 1e-5f), (30 - 10) / MathF.Sqrt(100.5f + 1e-5f)];
        Tensor y = layer.Forward(x.Slice(0, 1, 1));
        Assert.Equal(expected[0], y[0, 0], 1e-5f);
        Assert.Equal(expected[1], y[0, 1], 1e-5f);
        Assert.Equal([1f, 10], layer.RunningMean.ToArray());

        // The statistics may move between the passes of an evaluated batch.
        layer.RunningMean.Fill(1000);
        layer.Weight.ZeroGrad();
        y.Sum().Backward();
        Assert.Equal(expected[0], layer.Weight.Grad[0], 1e-4f);
        layer.Train();
        Assert.Contains("more than one value", Error(() => layer.Forward(x.Slice(0, 0, 1))), StringComparison.Ordinal);
    }

    [Fact]
    [Term("Dropout")]
    [Term("Training and evaluation mode")]
    public void Dropout_zeroes_its_share_and_keeps_the_mean()
    {
        Dropout layer = new(0.3, new Generator(1));
        Tensor x = Tensor.Ones(100, 1000);
        Tensor y = layer.Forward(x);
        float zeros = (float)y.ToArray().Count(value => value == 0) / y.Length;

        // 100,000 draws: a standard error of 0.0015.
        Assert.InRange(zeros, 0.29f, 0.31f);
        Assert.All(y.ToArray().Where(value => value != 0).Distinct(), value => Assert.Equal(1 / 0.7f, value, 1e-6f));
        Assert.NotEqual(y.ToArray(), layer.Forward(x).ToArray());
        Assert.Equal(x, layer.Eval().Forward(x));
    }

    [Fact]
    [Term("LSUV")]
    public void Lsuv_gives_every_layer_of_a_network_unit_variance()
    {
        Generator generator = new(3);
        Sequential model = new(
            new Conv2d(1, 4, 3, padding: 1), new ReLU(), new Dropout(), new Sequential(new MaxPool2d(2), new Flatten()),
            new Linear(64, 32), new BatchNorm1d(32), new Tanh(), new Residual(new Sequential(new Linear(32, 32), new ReLU())), new Linear(32, 10));
        model[2].Eval();
        Tensor batch = Tensor.RandN([64, 1, 8, 8], generator) * 9;
        IReadOnlyList<(string Name, float Variance)> variances = new Lsuv().Apply(model, batch, generator);
        Assert.Equal(["0", "4", "7.body.0", "8"], variances.Select(entry => entry.Name));
        Assert.All(variances, entry => Assert.InRange(entry.Variance, 0.9f, 1.1f));
        Assert.True(model[5].IsTraining);
        Assert.False(model[2].IsTraining);
        Assert.All(((BatchNorm1d)model[5]).RunningMean.ToArray(), value => Assert.Equal(0, value));

        model.Eval();
        using NoGrad off = new();
        Assert.InRange(Reductions.MeanVariance(model.Forward(batch).Span).Variance, 0.9f, 1.1f);
        Assert.Equal(["0", "1"], new Lsuv().Apply(new Branches(new Conv2d(1, 2, 3), new Conv2d(1, 3, 3)), batch, generator).Select(entry => entry.Name));
        Assert.Contains("Scale", Error(() => new Lsuv().Apply(new Scale(new Linear(2, 2)), batch)), StringComparison.Ordinal);
        Assert.Contains("variance 0", Assert.Throws<InvalidOperationException>(() => new Lsuv().Apply(new Linear(2, 2), Tensor.Zeros(4, 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("LeNet")]
    [Term("Convolution")]
    [Term("Average-pooling")]
    public void LeNet_5_has_its_published_sizes()
    {
        // LeCun et al. 1998, with the second convolution over all six maps (the paper leaves some connections out) and a trained output layer.
        Sequential model = new(
            new Conv2d(1, 6, 5, padding: Padding.Same), new Tanh(), new AvgPool2d(2), new Conv2d(6, 16, 5), new Tanh(), new AvgPool2d(2),
            new Flatten(), new Linear(400, 120), new Tanh(), new Linear(120, 84), new Tanh(), new Linear(84, 10));
        ModelSummary summary = ModelSummary.Of(model, 1, 28, 28);
        Assert.Equal(61_706, summary.Parameters);
        Assert.Equal([156, 2416, 48_120, 10_164, 850], summary.Layers.Where(layer => layer.Parameters > 0).Select(layer => layer.Parameters));
        Assert.Equal([new Shape(6, 28, 28), new Shape(6, 14, 14), new Shape(16, 10, 10), new Shape(16, 5, 5)], summary.Layers.Where(layer => layer.Layer.Contains("2d", StringComparison.Ordinal)).Select(layer => layer.Output));
        Assert.Equal((117_600 + 240_000 + 48_000 + 10_080 + 840), summary.Multiplications);
    }

    private static string Error(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private sealed class Scale : Module
    {
        private readonly Tensor weight;

        internal Scale(params Module[] parts)
        {
            weight = Parameter("weight", Tensor.Scalar(1));
            foreach (Module part in parts)
            {
                Child("part", part);
            }
        }

        public override Tensor Forward(Tensor x) => x * weight;
    }

    private sealed class Twice : Module
    {
        internal Twice()
        {
            Parameter("weight", Tensor.Zeros(1));
            Buffer("weight", Tensor.Zeros(1));
        }

        public override Tensor Forward(Tensor x) => x;
    }
}
