using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using Sigmoid = CourseLib.Activations.Sigmoid;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Layers;

/// <summary>Every layer's gradients, of the input and of all parameters, against difference quotients.</summary>
[Collection(nameof(ProcessState))]
public class LayerGradientTests
{
    private static readonly Dictionary<string, (Func<Module> Layer, int[] Input)> Cases = new()
    {
        ["Linear"] = (() => new Linear(4, 3), [5, 4]),
        ["Linear without bias"] = (() => new Linear(4, 3, bias: false), [5, 4]),
        ["Conv2d valid"] = (() => new Conv2d(2, 3, 3), [2, 2, 5, 6]),
        ["Conv2d same"] = (() => new Conv2d(2, 3, 3, padding: Padding.Same), [2, 2, 4, 4]),
        ["Conv2d same, even window"] = (() => new Conv2d(1, 2, 2, padding: Padding.Same), [2, 1, 4, 5]),
        ["Conv2d stride 2"] = (() => new Conv2d(2, 3, 3, stride: 2, padding: 1), [2, 2, 6, 5]),
        ["Conv2d stride 3 same"] = (() => new Conv2d(1, 2, 5, stride: 3, padding: Padding.Same, bias: false), [1, 1, 8, 8]),
        ["Residual"] = (() => new Residual(new Linear(4, 4), 0.5f), [3, 4]),
        ["Sequential"] = (() => new Sequential(new Flatten(), new Linear(8, 3), new Tanh(), new Linear(3, 2), new Sigmoid()), [2, 2, 4]),
        ["MaxPool2d"] = (() => new MaxPool2d(2), [1, 2, 4, 4]),
        ["AvgPool2d"] = (() => new AvgPool2d(3, 2, 1), [2, 2, 5, 5]),
        ["BatchNorm1d"] = (() => new BatchNorm1d(3), [6, 3]),
        ["BatchNorm1d in evaluation"] = (() => new BatchNorm1d(3).Eval(), [6, 3]),
        ["BatchNorm2d"] = (() => new BatchNorm2d(2), [3, 2, 3, 3]),
        ["LayerNorm"] = (() => new LayerNorm(5), [4, 5]),
        ["LayerNorm of two axes"] = (() => new LayerNorm(2, 3), [4, 2, 3]),
        ["Dropout in evaluation"] = (() => new Dropout(0.5).Eval(), [4, 5]),
        ["Dropout with a fixed seed"] = (() => new Reseeded(), [4, 5]),
        ["Identity"] = (() => new Identity(), [3]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_equal_difference_quotients(string name)
    {
        Generator.ManualSeed(1);
        Module layer = Cases[name].Layer();
        Tensor x = Tensor.RandN(new Shape(Cases[name].Input), new Generator(2));
        if (layer is MaxPool2d)
        {
            // Distinct numbers far apart: the winner of a window must not change within the step.
            for (int i = 0; i < x.Length; i++)
            {
                x.Span[i] = i * 7 % x.Length;
            }
        }

        double error = GradientCheck.RelativeError(_ => layer.Forward(x), [x, .. layer.Parameters]);
        Assert.True(error < 3e-4, $"{name}: relative error {error}");
    }

    /// <summary>Dropout that draws the same mask in every pass.</summary>
    private sealed class Reseeded : Module
    {
        public override Tensor Forward(Tensor x) => new Dropout(0.5, new Generator(4)).Forward(x);
    }
}
