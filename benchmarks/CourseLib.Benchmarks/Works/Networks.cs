using CourseLib.Activations;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Benchmarks.Works;

/// <summary>The three networks of the comparison, written as a user writes them, with parameters that every contender can make.</summary>
internal static class Networks
{
    private const int FirstParameterSeed = 100, FirstBufferSeed = 300, FirstInputSeed = 11, FirstTargetSeed = 21, Classes = 10;

    /// <summary>The networks' names.</summary>
    public static readonly string[] Names = ["mlp", "lenet", "cnn"];

    /// <summary>A network in training mode.</summary>
    public static Sequential Make(string name)
    {
        Sequential model = name switch
        {
            "mlp" => new(new Linear(784, 256), new ReLU(), new Linear(256, 128), new ReLU(), new Linear(128, 10)),
            "lenet" => new(
                new Conv2d(1, 6, 5, padding: 2), new ReLU(), new MaxPool2d(2), new Conv2d(6, 16, 5), new ReLU(), new MaxPool2d(2), new Flatten(),
                new Linear(400, 120), new ReLU(), new Linear(120, 84), new ReLU(), new Linear(84, 10)),
            "cnn" => new([
                .. Block(1, 32), .. Block(32, 32), new MaxPool2d(2), .. Block(32, 64), .. Block(64, 64), new MaxPool2d(2), new Flatten(),
                new Linear(3136, 128), new ReLU(), new Linear(128, 10)]),
            _ => throw new ArgumentException($"there is no network {name}"),
        };
        SetParameters(model);
        return model;
    }

    /// <summary>A batch of inputs for a network.</summary>
    /// <param name="name">The network.</param>
    /// <param name="size">Examples.</param>
    /// <param name="index">Which batch.</param>
    public static Tensor Input(string name, int size, int index = 0)
    {
        Tensor x = name == "mlp" ? Tensor.Empty(size, 784) : Tensor.Empty(size, 1, 28, 28);
        Numbers.Fill(x.Span, FirstInputSeed + index);
        return x;
    }

    /// <summary>The classes of a batch.</summary>
    public static Tensor Targets(int size, int index)
    {
        Tensor y = Tensor.Empty(size);
        Numbers.FillClasses(y.Span, Classes, FirstTargetSeed + index);
        return y;
    }

    private static Module[] Block(int from, int to) => [new Conv2d(from, to, 3, padding: 1), new BatchNorm2d(to), new ReLU()];

    // Weights and biases of linear and convolution layers are uniform within 1/sqrt(inputs), as torch's default is; a batch normalisation keeps 1 and 0,
    // and has running statistics as after some training, so that a wrong use of them shows.
    private static void SetParameters(Module model)
    {
        int seed = FirstParameterSeed;
        float? scale = null;
        foreach (Tensor parameter in model.Parameters)
        {
            bool isWeight = parameter.Rank > 1;
            if (isWeight)
            {
                scale = 1 / MathF.Sqrt(parameter.Length / parameter.Shape[0]);
            }

            if (scale is { } bound)
            {
                Numbers.Fill(parameter.Span, seed, bound);
            }

            scale = isWeight ? scale : null;
            seed++;
        }

        seed = FirstBufferSeed;
        foreach ((string name, Tensor buffer) in model.NamedBuffers)
        {
            (float by, float from) = name.EndsWith("mean", StringComparison.Ordinal) ? (0.1f, 0) : (0.5f, 1);
            Numbers.Fill(buffer.Span, seed++, by, from);
        }
    }
}
