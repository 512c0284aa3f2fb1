using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Parity;

/// <summary>Values and gradients against PyTorch 1.13, to 1e-5 relative.</summary>
public class TorchParityTests
{
    private static readonly Dictionary<string, Func<Fixture, Dictionary<string, Tensor>, Tensor>> Layers = new()
    {
        ["linear"] = (_, x) => Functional.Linear(x["x"], x["weight"], x["bias"]),
        ["linear no bias"] = (_, x) => Functional.Linear(x["x"], x["weight"], null),
        ["conv 3x3"] = (_, x) => Functional.Conv2d(x["x"], x["weight"], x["bias"]),
        ["conv 5x5 same"] = (_, x) => Functional.Conv2d(x["x"], x["weight"], x["bias"], padding: Padding.Same),
        ["conv 3x3 stride 2 padding 1"] = (_, x) => Functional.Conv2d(x["x"], x["weight"], x["bias"], stride: 2, padding: 1),
        ["conv 1x1"] = (_, x) => Functional.Conv2d(x["x"], x["weight"], x["bias"]),
        ["conv 2x2 same"] = (_, x) => Functional.Conv2d(x["x"], x["weight"], x["bias"], padding: Padding.Same),
        ["conv 5x5 stride 3"] = (_, x) => Functional.Conv2d(x["x"], x["weight"], x["bias"], stride: 3),
        ["max pool 2"] = (_, x) => new MaxPool2d(2).Forward(x["x"]),
        ["max pool 3 stride 2 padding 1"] = (_, x) => new MaxPool2d(3, 2, 1).Forward(x["x"]),
        ["max pool 2 stride 1"] = (_, x) => new MaxPool2d(2, 1).Forward(x["x"]),
        ["avg pool 2"] = (_, x) => new AvgPool2d(2).Forward(x["x"]),
        ["avg pool 3 stride 2 padding 1"] = (_, x) => new AvgPool2d(3, 2, 1).Forward(x["x"]),
        ["batch norm 1d"] = (_, x) => Functional.BatchNorm(x["x"], x["weight"], x["bias"]),
        ["batch norm 2d"] = (_, x) => Functional.BatchNorm(x["x"], x["weight"], x["bias"]),
        ["batch norm 2d eval"] = (_, x) => Functional.BatchNorm(x["x"], x["weight"], x["bias"], x["mean_const"], x["var_const"]),
        ["layer norm"] = (_, x) => Functional.LayerNorm(x["x"], x["weight"], x["bias"]),
    };

    private static readonly Dictionary<string, Module> Activations = new()
    {
        ["ReLU"] = new ReLU(),
        ["LeakyReLU"] = new LeakyReLU(0.1),
        ["Sigmoid"] = new Sigmoid(),
        ["Tanh"] = new Tanh(),
    };

    private static readonly Dictionary<string, Loss> Losses = new()
    {
        ["MSELoss"] = new MSELoss(),
        ["MSELoss sum"] = new MSELoss(Reduction.Sum),
        ["CrossEntropyLoss"] = new CrossEntropyLoss(),
        ["CrossEntropyLoss sum"] = new CrossEntropyLoss(Reduction.Sum),
        ["CrossEntropyLoss large logits"] = new CrossEntropyLoss(),
        ["CrossEntropyLoss probabilities"] = new CrossEntropyLoss(),
        ["BCEWithLogitsLoss"] = new BCEWithLogitsLoss(),
    };

    private static readonly Dictionary<string, Func<Tensor[], Optimizer>> Optimizers = new()
    {
        ["SGD"] = p => new SGD(p, 0.05),
        ["SGD momentum"] = p => new SGD(p, 0.05, momentum: 0.9),
        ["SGD dampening"] = p => new SGD(p, 0.05, momentum: 0.9, dampening: 0.5),
        ["SGD Nesterov"] = p => new SGD(p, 0.05, momentum: 0.9, nesterov: true),
        ["SGD weight decay"] = p => new SGD(p, 0.05, momentum: 0.9, weightDecay: 0.1),
        ["Adam"] = p => new Adam(p, 0.1),
        ["Adam weight decay"] = p => new Adam(p, 0.1, beta1: 0.8, beta2: 0.99, eps: 1e-6, weightDecay: 0.1),
        ["AdamW"] = p => new AdamW(p, 0.1),
        ["AdamW weight decay"] = p => new AdamW(p, 0.1, weightDecay: 0.5),
    };

    public static TheoryData<string> LayerNames => [.. Fixture.Names("layers")];

    public static TheoryData<string> ActivationNames => [.. Fixture.Names("activations")];

    public static TheoryData<string> LossNames => [.. Fixture.Names("losses")];

    public static TheoryData<string> OptimizerNames => [.. Fixture.Names("optimizers")];

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void Layer(string name)
    {
        Fixture fixture = Fixture.Load("layers", name);
        Dictionary<string, Tensor> inputs = [];
        foreach (string input in new[] { "x", "weight", "bias", "mean_const", "var_const" })
        {
            if (fixture.InputOrNull(input) is { } value)
            {
                inputs[input] = input.EndsWith("_const", StringComparison.Ordinal) ? value : value.AsParameter();
            }
        }

        Compare(fixture, Layers[name](fixture, inputs), inputs, name);
    }

    [Theory]
    [MemberData(nameof(ActivationNames))]
    public void Activation(string name)
    {
        Fixture fixture = Fixture.Load("activations", name);
        Tensor x = fixture.Input("x").AsParameter();
        Tensor y = Activations[name].Forward(x);

        // Elementwise functions are compared one by one: each to 1e-5 of its own size, and to denormals at the far ends.
        y.Backward(fixture["weights"]);
        AssertEach(fixture["output"], y, name);
        AssertEach(fixture.Gradients.Single().Value, x.Grad, name + " gradient");
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void Loss(string name)
    {
        Fixture fixture = Fixture.Load("losses", name);
        Dictionary<string, Tensor> inputs = new() { ["x"] = fixture.Input("x").AsParameter() };
        Tensor target = fixture.InputOrNull("t_const") ?? (inputs["t"] = fixture.Input("t").AsParameter());
        Tensor y = Losses[name].Forward(inputs["x"], target).Reshape(1);
        Compare(fixture, y, inputs, name);
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Optimizer_takes_the_same_50_steps(string name)
    {
        Fixture fixture = Fixture.Load("optimizers", name);
        Tensor parameter = fixture["start"].AsParameter();
        Tensor curvature = fixture["curvature"];
        Optimizer optimizer = Optimizers[name]([parameter]);
        Tensor path = fixture["path"];
        for (int step = 0; step < path.Shape[0]; step++)
        {
            optimizer.ZeroGrad();
            Tensor gradient = Tensor.From(parameter.ToArray().Select((p, i) => (curvature[i] * p) + MathF.Cos(p)).ToArray());
            (parameter * gradient).Sum().Backward();
            optimizer.Step();
            Fixture.AssertClose(path.Slice(0, step, 1).Reshape(-1), parameter, $"{name}, step {step + 1}");
        }
    }

    [Fact]
    public void Running_statistics_of_batch_norm()
    {
        Fixture fixture = Fixture.Load("running_statistics", "batch norm 2d");
        BatchNorm2d layer = new(3);
        for (int i = 0; i < 3; i++)
        {
            layer.Forward(fixture.Input("x" + i));
        }

        Fixture.AssertClose(fixture["mean"], layer.RunningMean, "mean");
        Fixture.AssertClose(fixture["variance"], layer.RunningVariance, "variance");
    }

    private static void Compare(Fixture fixture, Tensor y, Dictionary<string, Tensor> inputs, string name)
    {
        Fixture.AssertClose(fixture["output"], y, name);
        y.Backward(fixture["weights"]);
        Assert.NotEmpty(fixture.Gradients);
        foreach ((string input, Tensor gradient) in fixture.Gradients)
        {
            Fixture.AssertClose(gradient, inputs[input].Grad, $"{name}: gradient of {input}");
        }
    }

    private static void AssertEach(Tensor expected, Tensor actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs((double)actual.Span[i] - expected.Span[i]);
            Assert.True(error <= (1e-5 * Math.Abs(expected.Span[i])) + 1e-37, FormattableString.Invariant($"{what}, element {i}: expected {expected.Span[i]}, got {actual.Span[i]}"));
        }
    }
}
