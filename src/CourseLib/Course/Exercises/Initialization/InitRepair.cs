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

namespace CourseLib.Course.Exercises.Initialization;

/// <summary>init.repair: a deep network that does not learn because of its start (lectures init, "Инициализация: Хе", and perc, "Выводы").</summary>
internal static class InitRepair
{
    public static Grader Grader { get; } = new Grader<Func<Generator, Module>>(
        "init.repair", "05-initialization", Level.Hard, "a deep network that learns", reference: generator =>
        {
            List<Module> modules = [];
            for (int l = 0; l < 6; l++)
            {
                int inputs = l == 0 ? 2 : 32;
                modules.Add(new Linear(inputs, 32, initializer: new Normal(0, Math.Sqrt(2.0 / inputs)), generator: generator)); // 2/n is the variance; biases start at 0
                modules.Add(new ReLU());
            }

            modules.Add(new Linear(32, 2, initializer: new Xavier(), generator: generator));
            return new Sequential([.. modules]);
        })
    {
        Cases =
        [
            new Bounds<Func<Generator, Module>>("a signal comes through", "the mean square of the outputs at the start (geometric mean over ten networks)", Signal, atLeast: 0.01, atMost: 20),
            new Bounds<Func<Generator, Module>>("it tells two rings apart", "the loss after 40 epochs", build => Loss(build, seed: 1), atMost: 0.4),
            new Bounds<Func<Generator, Module>>("another seed", "the loss after 40 epochs", build => Loss(build, seed: 2), atMost: 0.4),
        ],
        Ideas =
        [
            new("nothing was mended", generator => Net(generator, n => new Normal(0, 2.0 / n), bias: -0.5), "Print the mean square behind each layer. Where does the signal end?"),
            new("only the biases were mended", generator => Net(generator, n => new Normal(0, 2.0 / n)), "Which factor does one layer of 32 units put on the mean square now? The notebook's rule promises 1: does the rule name a variance or a deviation, and which of them does Normal take?"),
            new("only the weights were mended", generator => Net(generator, n => new Normal(0, Math.Sqrt(2.0 / n)), bias: -0.5), "The derivation of the rule has z symmetric around 0. Is it?"),
            new("Xavier in front of ReLU", generator => Net(generator, n => new Xavier()), "Which share of the second moment does a ReLU let through? And six of them?"),
            new("all weights start alike", generator => Net(generator, n => new Constant(1 / Math.Sqrt(n))), "Two units that start alike get the same gradient. When do they begin to differ?"),
            new("the weights are far too large", generator => Net(generator, n => new Normal(0, 1)), "What does one layer of 32 units do to the mean square? And six of them?"),
            new("no activations", generator => Net(generator, n => new Normal(0, Math.Sqrt(1.0 / n)), relu: false), "What can a composition of linear layers compute?"),
        ],
        Alternatives =
        [
            generator => Net(generator, n => new Kaiming(Distribution.Uniform)),
            generator => new Sequential(new Linear(2, 24, initializer: new Kaiming(gain: 1), generator: generator), new Tanh(), new Linear(24, 24, initializer: new Xavier(), generator: generator), new Tanh(), new Linear(24, 2, initializer: new Xavier(), generator: generator)),
        ],
        Hints = ["There are two faults. SignalProfile.Measure shows where the signal is lost; mend one fault and measure again.", "One fault is in the argument of Normal, which takes a standard deviation; the other is where the biases start."],
    };

    // The geometric mean over ten networks: one alone wanders.
    private static double Signal(Func<Generator, Module> build) => Math.Exp(Enumerable.Range(1, 10).Average(seed =>
        Math.Log(1e-30 + build(new Generator((ulong)seed)).Forward(Tensor.RandN([50, 2], new Generator(4))).Square().Mean().Item())));

    private static double Loss(Func<Generator, Module> build, ulong seed)
    {
        Dataset rings = ToySets.Circles(120, generator: new Generator(seed));
        Module network = build(new Generator(seed));
        Trainer trainer = new(network, new SGD(network.Parameters, lr: 0.02, momentum: 0.9), new CrossEntropyLoss());
        trainer.Fit(rings, epochs: 40, batchSize: 20, generator: new Generator(seed));
        return trainer.Evaluate(rings).Loss;
    }

    private static Sequential Net(Generator generator, Func<int, Initializer> start, double bias = 0, bool relu = true)
    {
        List<Module> modules = [];
        for (int l = 0; l < 6; l++)
        {
            int inputs = l == 0 ? 2 : 32;
            Linear linear = new(inputs, 32, initializer: start(inputs), generator: generator);
            linear.Bias!.Value.Fill(bias);
            modules.Add(linear);
            modules.Add(relu ? new ReLU() : new Identity());
        }

        return new([.. modules, new Linear(32, 2, initializer: new Xavier(), generator: generator)]);
    }
}
