using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;
using Answer = System.Func<CourseLib.Kernels.Generator, CourseLib.Layers.Module>;

namespace CourseLib.Course.Exercises.Regularization;

/// <summary>reg.network: dropout that drops what should stay, and the answers, too (lecture perc, "Dropout").</summary>
internal static class RegNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "reg.network", "11-regularization", Level.Medium, "a network with too many coins", reference: generator => new Sequential(
            new Linear(6, 32, generator: generator), new ReLU(), new Dropout(0.3, generator), // 0.3: the share that is dropped
            new Linear(32, 2, generator: generator)))                                          // nobody drops an answer
    {
        Cases =
        [
            new Bounds<Answer>("no answer is dropped", "the share of logits that are exactly 0 while it trains", build => Train(build(new Generator(3))).ToArray().Average(logit => logit == 0 ? 1.0 : 0), atMost: 0.01),
            new Bounds<Answer>("some coins, not too many", "the coins' share of the variance of the logits at the start", build => Coins(build(new Generator(3))), atLeast: 0.01, atMost: 0.75),
            new Bounds<Answer>("new examples", "the loss on them", build => Loss(build, 1), atMost: 0.54),
            new Bounds<Answer>("another seed", "the loss on new examples", build => Loss(build, 2), atMost: 0.54),
        ],
        Ideas =
        [
            new("nothing was mended", generator => Net(generator, 0.9, 0.9), "How many of 32 hidden units are at work in a step? And what does the loss say of a logit that was dropped?"),
            new("the answers are still dropped", generator => Net(generator, 0.3, 0.9), "What does the loss say of a logit that was dropped?"),
            new("the share that stays, in place of the share that goes", generator => Net(generator, 0.9, 0), "How many of 32 hidden units are at work in a step?"),
            new("no dropout", generator => Net(generator, 0, 0), "Nothing is dropped, and nothing stops it from learning by heart."),
            new("coins only for the inputs, most of which are lost", generator => new Sequential(new Dropout(0.9, generator), new Linear(6, 32, generator: generator), new ReLU(), new Linear(32, 2, generator: generator)), "Of six inputs, how many are left in a step, and which ones does the class depend on?"),
        ],
        Alternatives = [generator => Net(generator, 0.5, 0), generator => new Sequential(new Linear(6, 48, generator: generator), new LeakyReLU(0.1), new Dropout(0.2, generator), new Linear(48, 2, generator: generator))],
        Hints =
        [
            "Two faults. Look at the outputs of ForwardAll in training mode, layer by layer: how many zeros, and how large are the others?",
            "The library's p is the share that is dropped (the paper's is the share that stays). And behind the last layer there is no dropout.",
        ],
    };

    // One label in thirty is wrong.
    private static Dataset Points(int count, ulong seed) => NoisyPoints.Draw(count, 6, 0.03, (a, b) => a * b > 0, seed);

    private static Tensor Train(Module network)
    {
        network.Train();
        return network.Forward(Points(200, 21).Inputs);
    }

    private static double Coins(Module network)
    {
        Tensor[] logits = [.. Enumerable.Range(0, 40).Select(_ => Train(network))];
        Tensor mean = logits.Aggregate((a, b) => a + b) / logits.Length;
        double coins = logits.Average(one => (one - mean).Square().Mean().Item());
        return coins / (coins + (mean - mean.Mean(0)).Square().Mean().Item());
    }

    private static double Loss(Answer build, ulong seed)
    {
        Dataset data = Points(300, seed);
        Module network = build(new Generator(seed + 10));
        Trainer trainer = new(network, new SGD(network.Parameters, lr: 0.05, momentum: 0.9), new CrossEntropyLoss());
        trainer.Fit(data, epochs: 60, batchSize: 20, generator: new Generator(seed));
        return trainer.Evaluate(Points(500, seed + 20)).Loss;
    }

    private static Sequential Net(Generator generator, double hidden, double last) => new(
        new Linear(6, 32, generator: generator), new ReLU(), new Dropout(hidden, generator), new Linear(32, 2, generator: generator), new Dropout(last, generator));
}
