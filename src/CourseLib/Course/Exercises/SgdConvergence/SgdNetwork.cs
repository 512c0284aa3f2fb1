using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Training;
using Answer = System.Action<CourseLib.Layers.Module, CourseLib.Data.Dataset, CourseLib.Kernels.Generator>;

namespace CourseLib.Course.Exercises.SgdConvergence;

/// <summary>sgd.network: a network that SGD trains on sorted data, with a rate that never falls (lectures init, "Stochastic Gradient Descent", and cnn, "Стохастический градиентный спуск").</summary>
internal static class SgdNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "sgd.network", "07-sgd-convergence", Level.Medium, "a network that never comes to rest", reference: (network, data, generator) =>
        {
            SGD sgd = new(network.Parameters, lr: 0.5);
            CrossEntropyLoss loss = new();
            int step = 0;
            for (int epoch = 0; epoch < 12; epoch++)
            {
                foreach (Batch batch in data.Batches(5, generator)) // mixed anew for each epoch
                {
                    sgd.LearningRate = 0.5 / Math.Sqrt(++step);     // it falls, but the sum of the rates has no end
                    sgd.ZeroGrad();
                    loss.Forward(network.Forward(batch.Inputs), batch.Targets).Backward();
                    sgd.Step();
                }
            }
        })
    {
        Cases =
        [
            new Bounds<Answer>("all classes come by", "the share of the commonest class among thirty examples in a row (mean)", train => Train(train, 1).Mixture, atMost: 0.7),
            new Bounds<Answer>("it comes to rest", "the mean length of the last sixty steps, in parts of the first sixty,", train => Train(train, 1).Calm, atMost: 0.3),
            new Bounds<Answer>("what it has learned", "the loss at the end", train => Train(train, 1).Loss, atMost: 0.5),
            new Bounds<Answer>("another seed", "the loss at the end", train => Train(train, 2).Loss, atMost: 0.5),
        ],
        Ideas =
        [
            new("nothing was mended", Loop(mixed: false, _ => 0.5), "Print the classes of the first three batches. Of which loss is their gradient an estimate?"),
            new("the examples are still sorted", Loop(mixed: false, step => 0.5 / Math.Sqrt(step)), "A falling rate hides what a batch estimates. Print the classes of the first three batches."),
            new("the rate does not fall", Loop(mixed: true, _ => 0.5), "The gradients are right on average. How long are the last steps, compared with the first, and what does section 5 say of a constant rate?"),
            new("the rate falls too fast", Loop(mixed: true, step => 0.5 / ((double)step * step)), "Add up all rates of a very long training. How far can the weights get with that?"),
            new("a rate so small that nothing happens", Loop(mixed: true, _ => 0.0005), "Half of the two goals is reached by standing still. Which one?"),
            new("the whole data set in each step", Loop(mixed: true, step => 0.5 / Math.Sqrt(step), batchSize: 240), "Exact, but slow (section 1): how many steps does it make now?"),
        ],
        Alternatives =
        [
            (network, data, generator) => new Trainer(network, new SGD(network.Parameters, lr: 0.2), new CrossEntropyLoss()) { Schedule = step => 0.2 / (1 + (step / 60.0)) }.Fit(data, 15, 8, generator: generator),
        ],
        Hints =
        [
            "There are two faults. One is in what a batch of these data contains: print it. The other is in the length of the last steps.",
            "Batches takes a generator as its second argument; LearningRate can be set before every step, for example to one of the schedules of section 7.",
        ],
    };

    private static (double Mixture, double Calm, double Loss) Train(Answer train, ulong seed)
    {
        Dataset data = ToySets.Blobs(240, spread: 1.2f, generator: new Generator(seed));
        data = data.Subset([.. Enumerable.Range(0, data.Count).OrderBy(data.Label)]);
        Generator generator = new(seed + 10);
        WatchedNetwork network = new(new Sequential(new Linear(2, 16, generator: generator), new ReLU(), new Linear(16, 3, generator: generator)));
        train(network, data, generator);
        List<double> steps = network.Steps;
        double calm = steps.Count == 0 ? 1 : steps.TakeLast(60).Average() / steps.Take(60).Average();
        Dictionary<float, int> classes = Enumerable.Range(0, data.Count).DistinctBy(i => data.Inputs[i, 0]).ToDictionary(i => data.Inputs[i, 0], data.Label);
        double mixture = network.Learned.Chunk(30).Average(part => part.CountBy(x => classes.GetValueOrDefault(x)).Max(count => count.Value) / (double)part.Length);
        return (mixture, calm, new Trainer(network, new SGD(network.Parameters, 0), new CrossEntropyLoss()).Evaluate(data).Loss);
    }

    private static Answer Loop(bool mixed, Func<int, double> rate, int batchSize = 5) => (network, data, generator) =>
    {
        SGD sgd = new(network.Parameters, lr: 0.5);
        int step = 0;
        for (int epoch = 0; epoch < 12; epoch++)
        {
            foreach (Batch batch in data.Batches(batchSize, mixed ? generator : null))
            {
                sgd.LearningRate = rate(++step);
                sgd.ZeroGrad();
                new CrossEntropyLoss().Forward(network.Forward(batch.Inputs), batch.Targets).Backward();
                sgd.Step();
            }
        }
    };
}
