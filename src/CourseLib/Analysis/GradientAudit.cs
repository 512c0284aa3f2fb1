using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// <see cref="GradientCheck"/> (численная проверка градиента) of every public layer, activation and loss, each where it has no kink within the check's steps
/// (companion of lecture intro, "Как посчитать производную? Backpropagation").
/// </summary>
public static class GradientAudit
{
    /// <summary>One checked part of the library.</summary>
    /// <param name="Part">The layer, activation or loss.</param>
    /// <param name="Error">The largest relative error over its input and its parameters.</param>
    public sealed record Row(object Part, double Error)
    {
        /// <summary>How the part shows itself: a layer with its sizes, a loss by its name.</summary>
        public string Name => Part is Module ? $"{Part}" : Part.GetType().Name;
    }

    /// <summary>Checks all of them. The numbers are the same each time.</summary>
    public static IReadOnlyList<Row> Run()
    {
        Generator.ManualSeed(1);
        return [.. OfLayers(), .. OfActivations(), .. OfLosses()];
    }

    /// <summary>Numbers 0.5 apart and 0.25 away from 0, in an order that is always the same: no kink at 0 and no tie within the steps of the check.</summary>
    public static Tensor Spaced(params ReadOnlySpan<int> shape)
    {
        Tensor spaced = Tensor.Empty(shape);
        int[] order = new Generator(8).Permutation(spaced.Length);
        for (int i = 0; i < order.Length; i++)
        {
            spaced.Span[i] = (0.5f * (order[i] - (order.Length / 2))) + 0.25f;
        }

        return spaced;
    }

    /// <summary>The check of one layer at one input: of the gradients of the input and of all parameters.</summary>
    public static Row Of(Module layer, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new Row(layer, GradientCheck.RelativeError(_ => layer.Forward(input), [input, .. layer.Parameters]));
    }

    /// <summary>The check of a loss, by its input, for one target.</summary>
    public static Row Of(Loss loss, Tensor target, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new Row(loss, GradientCheck.RelativeError(at => loss.Forward(at[0], target), input));
    }

    private static List<Row> OfLayers()
    {
        Module[] ofRows = [new Linear(3, 2), new TiedLinear(new Linear(2, 3)), new LayerNorm(3), new BatchNorm1d(3), new Residual(new Linear(3, 3)),
            new Unflatten(3, 1, 1), new Sequential(new Linear(3, 4), new Activations.Tanh(), new Linear(4, 2))];
        Module[] ofImages = [new Conv2d(2, 3, 3), new ConvTranspose2d(2, 2, 3), new LocallyConnected2d(2, 2, 4, 4, 3), new MaxPool2d(2), new AvgPool2d(2),
            new GlobalMaxPool2d(), new GlobalAvgPool2d(), new BatchNorm2d(2), new Flatten(), new Branches(new Conv2d(2, 1, 1), new Conv2d(2, 2, 3, padding: Padding.Same))];

        // What draws random numbers draws the same ones in each pass of a check.
        Func<Generator, Module>[] random = [g => new Dropout(0.5, g), g => new Dropout2d(0.5, g), g => new GaussianNoise(0.3, g), g => new MaskingNoise(0.3, g)];
        return
        [
            .. ofRows.Select(layer => Of(layer, Spaced(4, 3))), .. ofImages.Select(layer => Of(layer, Spaced(2, 2, 4, 4))),
            .. random.Select(make => new Row(make(new Generator(4)), GradientCheck.RelativeError(at => make(new Generator(4)).Forward(at[0]), Spaced(2, 2, 4, 4)))),
        ];
    }

    private static List<Row> OfActivations()
    {
        Module[] activations = [new Identity(), new Activations.Sigmoid(), new Activations.Tanh(), new ReLU(), new LeakyReLU(), new ReLU6(), new PReLU(3), new ELU(), new GELU(), new SiLU(),
            new Mish(), new Swish(1, trainable: true), new Softplus(), new Softsign(), new HardTanh(), new HardSigmoid(), new BinaryStep(), new AconA(3), new AconB(3), new AconC(3),
            new Maxout(3, 2, generator: new Generator(1))]; // with this seed its pieces change hands outside the steps
        return [.. activations.Select(activation => Of(activation, Spaced(4, 3))), Of(new MetaAcon(2, reduction: 1), Spaced(2, 2, 4, 4))];
    }

    private static List<Row> OfLosses()
    {
        Generator generator = new(6);
        Tensor Filled(Func<double> next) => Tensor.From([.. Enumerable.Range(0, 12).Select(_ => next())], 4, 3);
        Tensor noise = Filled(() => generator.NextInt(12) * 0.5);
        Tensor signs = Filled(() => (generator.NextInt(2) * 2) - 1);
        Tensor probable = Filled(() => generator.NextSingle());
        Tensor classes = Tensor.From(new float[] { 0, 2, 1, 2 });
        (Tensor Target, Loss[] Losses)[] cases =
        [
            (noise, [new MSELoss(), new L1Loss()]),
            (noise + 0.1, [new HuberLoss(), new SmoothL1Loss()]),
            (probable, [new BCEWithLogitsLoss()]),
            (classes, [new CrossEntropyLoss(), new NLLLoss(), new MultiMarginLoss(margin: 0.75)]), // a margin of 1 would be a difference of two spaced numbers: a kink
            (signs, [new SoftMarginLoss(), new HingeLoss(), new PerceptronCriterion()]),
        ];
        TripletMarginLoss triplet = new(10);
        return
        [
            .. cases.SelectMany(group => group.Losses, (group, loss) => Of(loss, group.Target, Spaced(4, 3))),
            Of(new BCELoss(), probable, (Spaced(4, 3) * 0.05) + 0.5),
            new Row(triplet, GradientCheck.RelativeError(at => triplet.Forward(at[0], at[1], at[2]), Spaced(4, 3), Spaced(4, 3) + (noise * 0.1) + 0.3, Spaced(4, 3) - (noise * 0.2) - 1)),
        ];
    }
}
