using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Training;
using Answer = System.Action<CourseLib.Layers.Module, CourseLib.Data.Dataset, CourseLib.Kernels.Generator>;

namespace CourseLib.Course.Exercises.MomentumAndAdaptive;

/// <summary>optim.network: a network that is trained by an Adam without memory, on gradients that are never forgotten (lecture perc, "Стандартные методы").</summary>
internal static class OptimNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "optim.network", "08-momentum-and-adaptive", Level.Medium, "an Adam without a memory", reference: (network, data, generator) =>
        {
            Adam adam = new(network.Parameters, lr: 0.02); // once: its two averages are its memory
            CrossEntropyLoss loss = new();
            for (int epoch = 0; epoch < 25; epoch++)
            {
                foreach (Batch batch in data.Batches(20, generator))
                {
                    adam.ZeroGrad();                       // gradients add up otherwise
                    loss.Forward(network.Forward(batch.Inputs), batch.Targets).Backward();
                    adam.Step();
                }
            }
        })
    {
        Cases =
        [
            new Bounds<Answer>("it remembers", "the longest step of the second half, in parts of the first step,", train => Train(train, 1).Longest, atMost: 0.4),
            new Bounds<Answer>("it learns two moons", "the loss at the end", train => Train(train, 1).Loss, atMost: 0.1),
            new Bounds<Answer>("another seed", "the loss at the end", train => Train(train, 2).Loss, atMost: 0.1),
        ],
        Ideas =
        [
            new("nothing was mended", Loop(every: 1, forgets: 0), "What does Adam do in its very first step, whatever the gradient is? And how often is there a first step here?"),
            new("the gradients of all steps add up", Loop(every: 0, forgets: 0), "Print the gradient of one weight before and after Backward. Where does it start from?"),
            new("a new Adam in each step", Loop(every: 1, forgets: 1), "Print StepCount of the optimizer. What is in m and v when it is made?"),
            new("a new Adam in each epoch", Loop(every: 12, forgets: 1), "Most steps are short now. Which are the long ones, and what is in m and v there?"),
            new("a short rate instead of a memory", Loop(every: 1, forgets: 1, rate: 0.0002), "All steps are as long as the first one still. What should become of them when the gradients of the batches disagree?"),
            new("the gradients of an epoch add up", Loop(every: 0, forgets: 12), "The first step of an epoch is right. Of how many batches is the gradient of the second one?"),
        ],
        Alternatives =
        [
            (network, data, generator) => new Trainer(network, new Adam(network.Parameters, lr: 0.02), new CrossEntropyLoss()).Fit(data, 30, 20, generator: generator),
        ],
        Hints =
        [
            "Two lines are wrong by their place or by their absence. Measure the length of each step: after ten steps, is it shorter than the first?",
            "What an optimizer knows of earlier steps is in the object: make it once. What a tensor knows of earlier steps is in its Grad: that has to go.",
        ],
    };

    private static (double Longest, double Loss) Train(Answer train, ulong seed)
    {
        Dataset data = ToySets.Moons(240, generator: new Generator(seed));
        Generator generator = new(seed + 10);
        WatchedNetwork network = new(new Sequential(new Linear(2, 16, generator: generator), new ReLU(), new Linear(16, 16, generator: generator), new ReLU(), new Linear(16, 2, generator: generator)));
        train(network, data, generator);
        List<double> steps = network.Steps;
        double longest = steps.Count == 0 ? 1 : steps.Skip(steps.Count / 2).Max() / steps[0];
        return (longest, new Trainer(network, new SGD(network.Parameters, 0), new CrossEntropyLoss()).Evaluate(data).Loss);
    }

    // A new Adam every so many steps, or never (0); gradients forgotten every so many steps, or never.
    private static Answer Loop(int every, int forgets, double rate = 0.02) => (network, data, generator) =>
    {
        Adam adam = new(network.Parameters, rate);
        int step = -1;
        for (int epoch = 0; epoch < 25; epoch++)
        {
            foreach (Batch batch in data.Batches(20, generator))
            {
                step++;
                if (every > 0 && step % every == 0)
                {
                    adam = new(network.Parameters, rate);
                }

                if (forgets > 0 && step % forgets == 0)
                {
                    adam.ZeroGrad();
                }

                new CrossEntropyLoss().Forward(network.Forward(batch.Inputs), batch.Targets).Backward();
                adam.Step();
            }
        }
    };
}
