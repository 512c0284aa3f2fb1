using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Layers;

/// <summary>Every layer's gradients, of the input and of all parameters, against difference quotients at 24 random shapes and settings each; the seeds are fixed.</summary>
[Collection(nameof(ProcessState))]
public class RandomShapeGradientTests
{
    private const int Shapes = 24;

    /// <summary>A random layer with an input that it takes.</summary>
    private static readonly Dictionary<string, Func<Generator, (Module Layer, int[] Input)>> Layers = new()
    {
        ["Linear"] = g => Make([D(g, 6), D(g, 8)], x => new Linear(x[1], D(g, 6), g.NextInt(2) == 0)),
        ["Conv2d"] = g => Image(g, 5, x => new Conv2d(x[1], D(g, 3), Kernel(g, x), D(g, 3), Any(g), g.NextInt(2) == 0)),
        ["LocallyConnected2d"] = g => Image(g, 5, x => new LocallyConnected2d(x[1], D(g, 2), x[2], x[3], Kernel(g, x), D(g, 3), Any(g), g.NextInt(2) == 0)),
        ["ConvTranspose2d"] = g => Image(g, 4, x => Transposed(g, x[1])),
        ["MaxPool2d"] = g => Image(g, 6, x => new MaxPool2d(Kernel(g, x), g.NextInt(3))),
        ["AvgPool2d"] = g => Image(g, 6, x => new AvgPool2d(Kernel(g, x), g.NextInt(3), g.NextInt(2) == 0 ? Padding.Same : Padding.Valid)),
        ["GlobalMaxPool2d"] = g => Image(g, 5, x => new GlobalMaxPool2d()),
        ["GlobalAvgPool2d"] = g => Image(g, 5, x => new GlobalAvgPool2d()),
        ["BatchNorm1d"] = g => Make([D(g, 5) + 2, D(g, 5)], x => new BatchNorm1d(x[1])),
        ["BatchNorm2d"] = g => Image(g, 4, x => new BatchNorm2d(x[1]), least: 2),
        ["BatchNorm2d in evaluation"] = g => Image(g, 4, x => new BatchNorm2d(x[1]).Eval()),
        ["LayerNorm"] = g => Make([D(g, 4), D(g, 4), D(g, 4) + 2], x => g.NextInt(2) == 0 ? new LayerNorm(x[2]) : new LayerNorm(x[1], x[2])),
        ["Dropout"] = g => Make([D(g, 5), D(g, 6)], x => new Reseeded(seed => new Dropout(0.3, new Generator(seed), x[0] % 2 == 0), (ulong)x[1])),
        ["Dropout2d"] = g => Image(g, 3, x => new Reseeded(seed => new Dropout2d(0.3, new Generator(seed)), (ulong)x[1])),
        ["Dropout in evaluation"] = g => Make([D(g, 5), D(g, 6)], x => new Dropout(0.3, inverted: false).Eval()),
        ["Flatten"] = g => Image(g, 3, x => new Flatten()),
        ["Unflatten"] = g => Make([D(g, 4), 12], x => new Unflatten(3, 2, 2)),
        ["Residual"] = g => Make([D(g, 4), D(g, 6)], x => new Residual(new Linear(x[1], x[1]), 0.5)),
        ["Branches"] = g => Image(g, 4, x => new Branches(new Conv2d(x[1], D(g, 2), 1), new Conv2d(x[1], D(g, 2), 3, padding: Padding.Same), new Conv2d(x[1], 1, 2, padding: Padding.Same))),
        ["Sequential"] = g => Image(g, 4, x => new Sequential(new Flatten(), new Linear(x[1] * x[2] * x[3], 4), new Residual(new Linear(4, 4)), new Linear(4, D(g, 3)))),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    [Term("Linear")]
    [Term("Convolution")]
    [Term("LocallyConnected2d")]
    [Term("ConvTranspose2d")]
    [Term("Max-pooling")]
    [Term("Average-pooling")]
    [Term("Global pooling")]
    [Term("BatchNorm")]
    [Term("LayerNorm")]
    [Term("Dropout")]
    [Term("Skip connection")]
    [Term("Inception block")]
    public void Gradients_equal_difference_quotients(string name)
    {
        for (ulong seed = 1; seed <= Shapes; seed++)
        {
            Generator generator = new((seed * 1000) + (ulong)name.Length);
            Generator.ManualSeed(seed);
            (Module layer, int[] shape) = Layers[name](generator);
            Tensor x = Tensor.RandN(new Shape(shape), generator);
            if (name.Contains("Max", StringComparison.Ordinal))
            {
                // Distinct numbers far apart: the winner of a window must not change within the step.
                int[] order = generator.Permutation(x.Length);
                for (int i = 0; i < x.Length; i++)
                {
                    x.Span[i] = order[i] - (x.Length / 2);
                }
            }

            else if (name == "LayerNorm")
            {
                // No example whose numbers are nearly equal: the curve is too sharp there for a difference quotient.
                for (int i = 0; i < x.Length; i++)
                {
                    x.Span[i] += i % 2 == 0 ? 2 : -2;
                }
            }

            double error = GradientCheck.RelativeError(_ => layer.Forward(x), [x, .. layer.Parameters]);
            Assert.True(error < 3e-4, FormattableString.Invariant($"{layer} on {x.Shape}, seed {seed}: relative error {error}"));
        }
    }

    /// <summary>1 to n.</summary>
    private static int D(Generator generator, int n) => 1 + generator.NextInt(n);

    private static (Module Layer, int[] Input) Make(int[] shape, Func<int[], Module> layer) => (layer(shape), shape);

    private static (Module Layer, int[] Input) Image(Generator generator, int size, Func<int[], Module> layer, int least = 1) =>
        Make([D(generator, 3) + (least - 1), D(generator, 3), D(generator, size) + (least - 1), D(generator, size)], layer);

    private static int Kernel(Generator generator, int[] image) => D(generator, Math.Min(image[2], image[3]));

    private static Padding Any(Generator generator) => generator.NextInt(3) switch { 0 => Padding.Valid, 1 => Padding.Same, _ => new Padding(1, 0, 2, 1) };

    private static ConvTranspose2d Transposed(Generator generator, int channels)
    {
        int stride = D(generator, 3), kernel = D(generator, 4);
        return new(channels, D(generator, 3), kernel, stride, generator.NextInt((kernel + 1) / 2), generator.NextInt(stride), generator.NextInt(2) == 0);
    }

    /// <summary>A random layer that draws the same numbers in every pass.</summary>
    private sealed class Reseeded(Func<ulong, Module> make, ulong seed) : Module
    {
        public override Tensor Forward(Tensor x) => make(seed).Forward(x);
    }
}
