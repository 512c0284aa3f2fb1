using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Parity;

/// <summary>Values and gradients of layers against PyTorch 1.13, to 1e-5 relative.</summary>
[Term("Linear")]
[Term("Convolution")]
[Term("Max-pooling")]
[Term("Average-pooling")]
[Term("BatchNorm")]
[Term("LayerNorm")]
public class LayerParityTests
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

    public static TheoryData<string> Names => [.. Fixture.Names("layers")];

    [Theory]
    [MemberData(nameof(Names))]
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

        Fixture.Compare(fixture, Layers[name](fixture, inputs), inputs, name);
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
}
