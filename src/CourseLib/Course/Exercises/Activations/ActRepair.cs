using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;

namespace CourseLib.Course.Exercises.Activations;

/// <summary>act.repair: a deep network with the wrong activations (lecture perc, "Современные функции активации").</summary>
internal static class ActRepair
{
    public static Grader Grader { get; } = new Grader<Func<Generator, Module>>(
        "act.repair", "02-activations", Level.Hard, "a deep network that learns", reference: generator =>
        {
            List<Module> modules = [];
            for (int layer = 0; layer < 6; layer++)
            {
                modules.Add(new Linear(layer == 0 ? 2 : 16, 16, initializer: new Kaiming(), generator: generator));
                modules.Add(new ReLU()); // a slope of 1 on the right: a gradient comes through six of them
            }

            modules.Add(new Linear(16, 2, initializer: new Xavier(), generator: generator)); // scores, any number: CrossEntropyLoss has the softmax
            return new Sequential([.. modules]);
        })
    {
        Cases =
        [
            new Bounds<Func<Generator, Module>>("it is as deep as before", "the number of its weight matrices", build => build(new Generator(1)).NamedParameters.Count(parameter => parameter.Value.Rank == 2), atLeast: 7),
            new Bounds<Func<Generator, Module>>("a gradient reaches the inputs", "the mean size of the outputs' slopes at the start", build => Slope(build(new Generator(2))), atLeast: 1e-7),
            new Bounds<Func<Generator, Module>>("it tells two rings apart", "the loss after 40 epochs, the better of two starts", build => Loss(build, 1), atMost: 0.2),
            new Bounds<Func<Generator, Module>>("two other starts", "the loss after 40 epochs, the better of two starts", build => Loss(build, 3), atMost: 0.2),
        ],
        Ideas =
        [
            new("the step is still there", generator => Net(generator, () => new BinaryStep()),
                "Which slope does a step have where it has one? What comes through six of them?"),
            new("the outputs are still squashed", generator => Net(generator, () => new ReLU(), new Sigmoid()),
                "CrossEntropyLoss has a softmax inside. If both scores lie between 0 and 1, how sure of a class can the network be at most?"),
            new("sigmoids in a deep network", generator => Net(generator, () => new Sigmoid()),
                "The slope of a sigmoid is 1/4 at most. What is left of a gradient behind six of them?"),
            new("no activation", generator => Net(generator, () => new Identity()),
                "What can a composition of linear layers compute? Are two rings separated by that?"),
            new("all weights alike", generator => Net(generator, () => new ReLU(), start: new Constant(0.25)),
                "Two units that start alike get the same gradient. When do they begin to differ?"),
        ],
        Alternatives = [generator => Net(generator, () => new Tanh(), start: new Xavier()), generator => Net(generator, () => new LeakyReLU(0.1))],
        Hints =
        [
            "Two things are wrong, and the obvious repair of one of them leads into a third. Put the outputs of ForwardAll into a table, and look at the slopes of the activations.",
            "Hidden layers: an activation whose slope is not small (sections 3, 4 and 11). Output: what does CrossEntropyLoss want to get?",
        ],
    };

    private static double Slope(Module network)
    {
        Tensor x = Tensor.RandN([50, 2], new Generator(4)).AsParameter();
        network.Forward(x).Backward(Tensor.RandN([50, 2], new Generator(5)));
        return x.HasGrad ? x.Grad.Abs().Mean().Item() : 0;
    }

    private static double Loss(Func<Generator, Module> build, ulong seed) => Math.Min(LossOf(build(new Generator(seed)), seed), LossOf(build(new Generator(seed + 1)), seed));

    private static double LossOf(Module network, ulong seed)
    {
        Dataset rings = ToySets.Circles(120, generator: new Generator(seed));
        Trainer trainer = new(network, new Adam(network.Parameters, lr: 0.01), new CrossEntropyLoss());
        trainer.Fit(rings, epochs: 40, batchSize: 20, generator: new Generator(seed));
        return trainer.Evaluate(rings).Loss;
    }

    private static Sequential Net(Generator generator, Func<Module> activation, Module? output = null, Initializer? start = null) => new(
    [
        .. Enumerable.Range(0, 6).SelectMany(layer => new[] { new Linear(layer == 0 ? 2 : 16, 16, initializer: start ?? new Kaiming(), generator: generator), activation() }),
        new Linear(16, 2, initializer: start ?? new Xavier(), generator: generator), output ?? new Identity(),
    ]);
}
