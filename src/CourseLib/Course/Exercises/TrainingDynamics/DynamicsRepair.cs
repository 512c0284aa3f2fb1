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
using Answer = System.Func<CourseLib.Layers.Sequential, CourseLib.Data.Dataset, int, double, double, int, double[]>;

namespace CourseLib.Course.Exercises.TrainingDynamics;

/// <summary>dynamics.repair: a training loop with clipping and warm-up, broken in three places (lecture intro, "Gradient explosion", "Warmup").</summary>
internal static class DynamicsRepair
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "dynamics.repair", "10-training-dynamics", Level.Hard, "a training loop with clipping and warm-up, repaired", reference: (network, data, steps, rate, threshold, warm) =>
        {
            SGD sgd = new(network.Parameters, rate);
            CrossEntropyLoss loss = new();
            double[] losses = new double[steps];
            for (int t = 0; t < steps; t++)
            {
                sgd.ZeroGrad();                                             // gradients add up otherwise
                Tensor value = loss.Forward(network.Forward(data.Inputs), data.Targets);
                losses[t] = value.Item();
                value.Backward();
                GradientClipping.ClipNorm(network.Parameters, threshold);   // all together: the direction stays
                sgd.LearningRate = rate * Math.Min(1, (t + 1.0) / warm);    // 1.0: whole numbers lose the share
                sgd.Step();
            }

            return losses;
        })
    {
        Cases =
        [
            new("without clipping and without warm-up", train => train(Network(1, gain: 1), Rings(1), 20, 0.3, 1e9, 1), tolerance: 1e-3),
            new("with clipping", train => train(Network(2, gain: 3), Rings(2), 20, 0.2, 1, 1), tolerance: 1e-3),
            new("with warm-up", train => train(Network(3, gain: 1), Rings(3), 20, 0.3, 1e9, 8), tolerance: 1e-3),
            new("with both", train => train(Network(4, gain: 3), Rings(4), 25, 0.2, 0.5, 10), tolerance: 1e-3),
        ],
        Ideas =
        [
            new("nothing mended", Loop(forgets: false, together: false, shares: false), "Train without clipping and without warm-up first (a huge threshold, warm = 1). Print the norm of the gradient in each step: does it belong to this step alone?"),
            new("the gradients of all steps add up", Loop(forgets: false, together: true, shares: true), "Print the gradient of one weight before and after Backward. Where does it start from?"),
            new("each tensor is clipped by itself", Loop(forgets: true, together: false, shares: true), "Let one tensor have the gradient 1000 and another one 1, with threshold 1. Does the step still point where the gradient did?"),
            new("the warm-up stands still, and jumps", Loop(forgets: true, together: true, shares: false), "Print the rate in each step. What is 3 / 8 in C#?"),
            new("of three mistakes, only the sum of gradients is mended", Loop(forgets: true, together: false, shares: false), "One is mended. Now look at the rates, and at what clipping does to the direction."),
            new("of three mistakes, only the clipping is mended", Loop(forgets: false, together: true, shares: false), "One is mended. Print the rate and the norm of the gradient in each step."),
            new("of three mistakes, only the warm-up is mended", Loop(forgets: false, together: false, shares: true), "One is mended. Print the norm of each tensor's gradient, before and after clipping, for some steps."),
            new("the first step stands still", Loop(forgets: true, together: true, shares: true, first: 0), "The slope of the warm-up is right. With which rate is the first step made?"),
        ],
        Alternatives =
        [
            (network, data, steps, rate, threshold, warm) =>
            {
                Trainer trainer = new(network, new SGD(network.Parameters, rate), new CrossEntropyLoss()) { MaxGradientNorm = threshold, Schedule = t => rate * Math.Min(1, (t + 1.0) / warm) };
                return [.. trainer.Fit(data, steps, data.Count, generator: new Generator(1)).StepLosses.Select(loss => (double)loss)];
            },
        ],
        Hints = ["Take the parts one at a time: a threshold of 1e9 switches the clipping off, warm = 1 the warm-up. Something is wrong even then.", "One line is missing at the start of a step. One line clips too little at once. One quotient is 0 for most of the warm-up."],
    };

    private static Dataset Rings(ulong seed) => ToySets.Circles(60, generator: new Generator(seed));

    private static Sequential Network(ulong seed, double gain)
    {
        Generator generator = new(seed);
        return new(new Linear(2, 16, true, new Kaiming(gain: gain), generator), new ReLU(), new Linear(16, 16, true, new Kaiming(gain: gain), generator), new ReLU(), new Linear(16, 2, true, new Kaiming(gain: gain), generator));
    }

    private static Answer Loop(bool forgets, bool together, bool shares, int first = 1) => (network, data, steps, rate, threshold, warm) =>
    {
        SGD sgd = new(network.Parameters, rate);
        double[] losses = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            if (forgets)
            {
                sgd.ZeroGrad();
            }

            Tensor value = new CrossEntropyLoss().Forward(network.Forward(data.Inputs), data.Targets);
            losses[t] = value.Item();
            value.Backward();
            IEnumerable<IReadOnlyList<Tensor>> groups = together ? [network.Parameters] : network.Parameters.Select(parameter => new[] { parameter });
            foreach (IReadOnlyList<Tensor> tensors in groups)
            {
                GradientClipping.ClipNorm(tensors, threshold);
            }

            sgd.LearningRate = rate * Math.Min(1, shares ? (t + first) / (double)warm : (t + first) / warm);
            sgd.Step();
        }

        return losses;
    };
}
