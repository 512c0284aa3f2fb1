using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;
using Answer = System.Func<System.Func<CourseLib.Layers.Module>, CourseLib.Data.Dataset, CourseLib.Data.Dataset, double[], CourseLib.Layers.Module>;

namespace CourseLib.Course.Exercises.HyperparameterSearch;

/// <summary>search.network: a search for the best penalty that hands back a bad network (lecture cnn, "Практические замечания").</summary>
internal static class SearchNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "search.network", "17-hyperparameter-search", Level.Medium, "a search that spoils its network", reference: (make, learn, check, decays) =>
        {
            Module best = make();
            double least = double.PositiveInfinity;
            foreach (double decay in decays)
            {
                Module network = make(); // each setting has its own, fresh
                Trainer trainer = new(network, new SGD(network.Parameters, lr: 0.1, momentum: 0.9, weightDecay: decay), new CrossEntropyLoss());
                trainer.Fit(learn, epochs: 60, batchSize: learn.Count, generator: new Generator(1));
                double loss = trainer.Evaluate(check).Loss; // examples that it has not learned from
                if (loss < least)
                {
                    (least, best) = (loss, network);
                }
            }

            return best;
        })
    {
        Cases =
        [
            new Bounds<Answer>("each setting starts afresh", "the number of networks that were trained", search => Run(search, 1).Trained, atLeast: 5, atMost: 5),
            new Bounds<Answer>("examples to check stay unknown", "the number of steps in which a network learned from them", search => Run(search, 1).Leaks, atMost: 0),
            new Bounds<Answer>("the network that comes back", "its loss on new examples", search => Run(search, 1).Loss, atMost: 0.5),
            new Bounds<Answer>("another seed", "its loss on new examples", search => Run(search, 2).Loss, atMost: 0.5),
        ],
        Ideas =
        [
            new("one network for all settings", (make, learn, check, decays) => Search(make, learn, check, decays, fresh: false), "Which network does the second setting begin with? And best = network: after the last setting, what has become of the best one?"),
            new("no setting starts afresh", (make, learn, check, decays) => Search(make, learn, check, decays, fresh: false, copies: true), "The best weights are put back: good. But is the second network good because of its own penalty, or because of what the first one has learned?"),
            new("judged by what it has learned", (make, learn, check, decays) => Search(make, learn, learn, decays), "Which penalty has the lowest loss on the examples that were learned, whatever these are?"),
            new("it learns from the examples to check", (make, learn, check, decays) => Search(make, Both(learn, check), check, decays), "The validation loss is very low now. Is it still a validation?"),
            new("the last network, not the best", (make, learn, check, decays) => Search(make, learn, check, decays, last: true), "Each one was judged well. Which one comes back?"),
        ],
        Alternatives =
        [
            (make, learn, check, decays) => decays.Select(decay =>
            {
                Module network = make();
                SGD sgd = new(network.Parameters, 0.1, momentum: 0.9, weightDecay: decay);
                for (int step = 0; step < 60; step++)
                {
                    sgd.ZeroGrad();
                    new CrossEntropyLoss().Forward(network.Forward(learn.Inputs), learn.Targets).Backward();
                    sgd.Step();
                }

                return (Network: network, new Trainer(network, sgd, new CrossEntropyLoss()).Evaluate(check).Loss);
            }).MinBy(trial => trial.Loss).Network,
        ],
        Hints =
        [
            "Print for each setting the loss on both sets, and the validation loss of the network that comes back: it should be the least of them.",
            "Two lines: where the network is made, and which examples it is judged by.",
        ],
    };

    // One label in twenty is wrong.
    private static Dataset Points(int count, ulong seed) => NoisyPoints.Draw(count, 12, 0.05, (a, b) => a + b > 0, seed);

    private static (int Trained, int Leaks, double Loss) Run(Answer search, ulong seed)
    {
        Dataset learn = Points(80, seed), check = Points(200, seed + 10), test = Points(500, seed + 20);
        HashSet<float> held = [.. Enumerable.Range(0, check.Count).Select(i => check.Inputs[i, 0])];
        List<WatchedNetwork> made = [];
        Module best = search(Make, learn, check, [0, 0.01, 0.05, 0.2, 1]);
        double loss = new Trainer(best, new SGD(best.Parameters, 0), new CrossEntropyLoss()).Evaluate(test).Loss;
        return (made.Count(network => network.Steps.Count > 0), made.Sum(network => network.Learned.Count(held.Contains)), loss);

        WatchedNetwork Make()
        {
            Generator generator = new(seed + 30);
            made.Add(new(new Sequential(new Linear(12, 24, generator: generator), new ReLU(), new Linear(24, 2, generator: generator))));
            return made[^1];
        }
    }

    private static Dataset Both(Dataset one, Dataset other)
    {
        Tensor x = Tensor.Zeros(one.Count + other.Count, 12), classes = Tensor.Zeros(one.Count + other.Count);
        one.Inputs.Span.CopyTo(x.Span);
        other.Inputs.Span.CopyTo(x.Span[one.Inputs.Length..]);
        one.Targets.Span.CopyTo(classes.Span);
        other.Targets.Span.CopyTo(classes.Span[one.Count..]);
        return new(x, classes);
    }

    private static Module Search(Func<Module> make, Dataset learn, Dataset judge, double[] decays, bool fresh = true, bool last = false, bool copies = false)
    {
        Module network = make(), best = network;
        IReadOnlyDictionary<string, Tensor> state = network.CopyState();
        double least = double.PositiveInfinity;
        foreach (double decay in decays)
        {
            network = fresh ? make() : network;
            Trainer trainer = new(network, new SGD(network.Parameters, 0.1, momentum: 0.9, weightDecay: decay), new CrossEntropyLoss());
            trainer.Fit(learn, 60, learn.Count, generator: new Generator(1));
            double loss = trainer.Evaluate(judge).Loss;
            if (loss < least || last)
            {
                (least, best, state) = (loss, network, network.CopyState());
            }
        }

        if (copies)
        {
            best.LoadState(state);
        }

        return best;
    }
}
