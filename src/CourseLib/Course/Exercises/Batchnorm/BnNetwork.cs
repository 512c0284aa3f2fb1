using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;
using Answer = System.Func<CourseLib.Data.Dataset, CourseLib.Kernels.Generator, CourseLib.Layers.Sequential>;

namespace CourseLib.Course.Exercises.Batchnorm;

/// <summary>bn.network: a network with batch normalization whose answers depend on the company (lecture perc, "Итоги").</summary>
internal static class BnNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "bn.network", "12-batchnorm", Level.Medium, "a network that answers alone", reference: (data, generator) =>
        {
            Sequential network = new(
                new Linear(2, 16, generator: generator), new BatchNorm1d(16, momentum: 0.1), new ReLU(), // 0.1: the share of the new batch
                new Linear(16, 16, generator: generator), new BatchNorm1d(16, momentum: 0.1), new ReLU(),
                new Linear(16, 2, generator: generator));
            Adam adam = new(network.Parameters, lr: 0.01);
            CrossEntropyLoss loss = new();
            for (int epoch = 0; epoch < 20; epoch++)
            {
                foreach (Batch batch in data.Batches(8, generator))
                {
                    adam.ZeroGrad();
                    loss.Forward(network.Forward(batch.Inputs), batch.Targets).Backward();
                    adam.Step();
                }
            }

            network.Eval(); // from now on the gathered statistics
            return network;
        })
    {
        Cases =
        [
            new Bounds<Answer>("it still normalises", "the number of its batch normalizations", train => Trained(train, 1).Network.Children.Count(child => child.Module is BatchNorm), atLeast: 2),
            new Bounds<Answer>("the same answer in any company", "the largest change of an answer when others are asked beside it", train => Change(Trained(train, 1).Network), atMost: 1e-3),
            new Bounds<Answer>("it knows the data's means", "the gap between running means and means of all data (root mean square, in standard deviations)", train => Gap(train, 1), atMost: 0.22),
            new Bounds<Answer>("it tells two rings apart", "the loss on new points", train => Tested(train, 1), atMost: 0.3),
            new Bounds<Answer>("another seed", "the loss on new points", train => Tested(train, 2), atMost: 0.3),
        ],
        Ideas =
        [
            new("nothing was mended", (data, generator) => Train(data, generator, 0.99, ends: false), "Ask for one point alone, then beside another one. Which statistics does the network use?"),
            new("the mode alone is mended", (data, generator) => Train(data, generator, 0.99), "It answers alone now. With which mean? Compare RunningMean with the last batch, and with all data."),
            new("the momentum alone is mended", (data, generator) => Train(data, generator, 0.1, ends: false), "Well gathered. Who uses it? Ask for one point alone, then beside another one."),
            new("the statistics never arrive", (data, generator) => Train(data, generator, 0.0001), "How many batches does the training see, and which share of the start, 0 and 1, is left after them?"),
            new("evaluation mode during the training", (data, generator) => Train(data, generator, 0.1, starts: true), "In which mode does a batch normalization gather its running means?"),
            new("no batch normalization at all", (data, generator) => Train(data, generator, null), "It answers alone, true. But it was the normalization that was to be mended."),
        ],
        Alternatives =
        [
            (data, generator) =>
            {
                Sequential network = new(new Linear(2, 20, generator: generator), new BatchNorm1d(20, momentum: 0.05), new Tanh(), new Linear(20, 20, generator: generator), new BatchNorm1d(20, momentum: 0.05), new Tanh(), new Linear(20, 2, generator: generator));
                new Trainer(network, new Adam(network.Parameters, 0.01), new CrossEntropyLoss()).Fit(data, 25, 12, generator: generator);
                network.Eval();
                return network;
            },
        ],
        Hints =
        [
            "Two faults, and mending the obvious one makes the answers worse at first. Ask for one point alone; then print RunningMean beside the mean of the first layer's outputs over all data.",
            "Before it answers, the network has to leave the training mode. And in this library momentum is the share of the new batch (section 8).",
        ],
    };

    // Two rings away from the origin: the statistics matter.
    private static Dataset Rings(int count, ulong seed)
    {
        Dataset rings = ToySets.Circles(count, generator: new Generator(seed));
        return new((rings.Inputs * 2) + 4, rings.Targets);
    }

    private static (Sequential Network, Dataset Data) Trained(Answer train, ulong seed)
    {
        Dataset data = Rings(160, seed);
        return (train(data, new Generator(seed)), data);
    }

    private static double Change(Sequential network)
    {
        Tensor points = Rings(20, 9).Inputs, together = network.Forward(points);
        return Enumerable.Range(0, 10).Max(i => (network.Forward(points.Slice(0, 2 * i, 2)) - together.Slice(0, 2 * i, 2)).Abs().Max().Item());
    }

    private static double Gap(Answer train, ulong seed)
    {
        (Sequential network, Dataset data) = Trained(train, seed);
        network.Eval();
        double squares = 0, count = 1e-9;
        Tensor x = data.Inputs;
        foreach ((_, Module module) in network.Children)
        {
            if (module is BatchNorm norm)
            {
                squares += ((x.Mean(0) - norm.RunningMean).Square() / (x.Variance(0) + 1e-5)).Sum().Item();
                count += norm.RunningMean.Length;
            }

            x = module.Forward(x);
        }

        return Math.Sqrt(squares / count);
    }

    private static double Tested(Answer train, ulong seed)
    {
        Dataset test = Rings(200, seed + 50);
        Sequential network = Trained(train, seed).Network;
        return new CrossEntropyLoss().Forward(network.Forward(test.Inputs), test.Targets).Item();
    }

    private static Sequential Train(Dataset data, Generator generator, double? momentum, bool ends = true, bool starts = false)
    {
        Module Norm() => momentum is { } share ? new BatchNorm1d(16, momentum: share) : new Identity();
        Sequential network = new(new Linear(2, 16, generator: generator), Norm(), new ReLU(), new Linear(16, 16, generator: generator), Norm(), new ReLU(), new Linear(16, 2, generator: generator));
        Adam adam = new(network.Parameters, lr: 0.01);
        network.Train(!starts);
        for (int epoch = 0; epoch < 20; epoch++)
        {
            foreach (Batch batch in data.Batches(8, generator))
            {
                adam.ZeroGrad();
                new CrossEntropyLoss().Forward(network.Forward(batch.Inputs), batch.Targets).Backward();
                adam.Step();
            }
        }

        network.Train(!ends);
        return network;
    }
}
