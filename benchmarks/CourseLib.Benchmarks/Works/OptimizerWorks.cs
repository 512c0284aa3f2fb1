using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Benchmarks.Works;

/// <summary>A step of an optimizer, <c>adam/1M</c>, <c>adam/mlp</c> and the like: a million parameters in one tensor, or those of the MLP in six.</summary>
internal static class OptimizerWorks
{
    private const double Rate = 1e-3;
    private const int CheckedSteps = 3;

    // What is read and written for each parameter: gradient, then parameter and moments both ways.
    private static readonly (string Name, Func<Tensor[], Optimizer> Make, int FloatsMoved)[] Optimizers =
    [
        ("adam", parameters => new Adam(parameters, Rate), 7),
        ("adamw", parameters => new AdamW(parameters, Rate), 7),
        ("sgdm", parameters => new SGD(parameters, Rate, momentum: 0.9), 5),
    ];

    private static readonly (string Name, Shape[] Shapes)[] Sizes =
    [
        ("1M", [new Shape(1 << 20)]),
        ("mlp", [new Shape(256, 784), new Shape(256), new Shape(128, 256), new Shape(128), new Shape(10, 128), new Shape(10)]),
    ];

    /// <summary>Every optimizer at both sizes.</summary>
    public static IEnumerable<Work> All => from optimizer in Optimizers
                                           from size in Sizes
                                           select new Work($"{optimizer.Name}/{size.Name}", () => Prepare(optimizer.Make, size.Shapes))
                                           {
                                               Bytes = (double)sizeof(float) * optimizer.FloatsMoved * size.Shapes.Sum(shape => shape.ElementCount),
                                           };

    private static Prepared Prepare(Func<Tensor[], Optimizer> make, Shape[] shapes)
    {
        Tensor[] parameters = [.. shapes.Select((shape, i) => Filled(shape, 100 + i).AsParameter())];
        for (int i = 0; i < parameters.Length; i++)
        {
            // The gradient of the sum of p g is g.
            (parameters[i] * Filled(shapes[i], 200 + i)).Sum().Backward();
        }

        Optimizer optimizer = make(parameters);
        return new(optimizer.Step, () =>
        {
            for (int i = 0; i < CheckedSteps; i++)
            {
                optimizer.Step();
            }

            return [.. parameters.SelectMany(parameter => parameter.ToArray())];
        });
    }

    private static Tensor Filled(in Shape shape, int seed)
    {
        Tensor tensor = Tensor.Empty(shape);
        Numbers.Fill(tensor.Span, seed);
        return tensor;
    }
}
