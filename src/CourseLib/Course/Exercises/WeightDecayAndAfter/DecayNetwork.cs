using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;
using Answer = System.Action<CourseLib.Layers.Sequential, CourseLib.Data.Dataset>;

namespace CourseLib.Course.Exercises.WeightDecayAndAfter;

/// <summary>decay.network: a regression whose weights and level are decayed away (lecture perc, "Стандартные методы", Algorithm 2).</summary>
internal static class DecayNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "decay.network", "09-weight-decay-and-after", Level.Hard, "a network that is held down", reference: (network, data) =>
        {
            ParameterGroup weights = new([.. network.Parameters.Where(parameter => parameter.Rank == 2)]);
            ParameterGroup biases = new([.. network.Parameters.Where(parameter => parameter.Rank == 1)]) { WeightDecay = 0 };
            AdamW adam = new(new ParameterGroups(weights, biases), lr: 0.01, weightDecay: 0.5); // beside the gradient, not in it
            MSELoss loss = new();
            for (int step = 0; step < 400; step++)
            {
                adam.ZeroGrad();
                loss.Forward(network.Forward(data.Inputs), data.Targets).Backward();
                adam.Step();
            }
        })
    {
        Cases =
        [
            new Bounds<Answer>("weights that the loss does not need", "the share that is left of the weights of an input that is always 0", train => Train(train, 1).Dead, atLeast: 0.12, atMost: 0.15),
            new Bounds<Answer>("a bias that the loss does not need", "the share that is left of the bias of a unit that is always 0", train => Train(train, 1).Bias, atLeast: 0.99, atMost: 1.01),
            new Bounds<Answer>("new examples", "the mean square error on them", train => Train(train, 1).Error, atMost: 1),
            new Bounds<Answer>("another seed", "the mean square error on new examples", train => Train(train, 2).Error, atMost: 1),
        ],
        Ideas =
        [
            new("nothing was mended", (network, data) => Loop(network, data, new AdamW(network.Parameters, 0.01, weightDecay: 0.5, form: WeightDecayForm.BySchedule)), "Which share of a weight does one step take? And what does the network answer to everything?"),
            new("the biases decay", (network, data) => Loop(network, data, new AdamW(network.Parameters, 0.01, weightDecay: 0.5)), "The penalty is to make the function flat. Must it be low, too? Print the mean of the answers beside the mean of the targets."),
            new("the decay without the rate", (network, data) => Loop(network, data, new AdamW(ParameterGroups.NoDecayForBiasAndNorm(network.Parameters), 0.01, weightDecay: 0.5, form: WeightDecayForm.BySchedule)), "The level is right. Which share of a weight does one step take?"),
            new("the slide's w in PyTorch's form", (network, data) => Loop(network, data, new AdamW(ParameterGroups.NoDecayForBiasAndNorm(network.Parameters), 0.01, weightDecay: 0.005)), "The table of section 5 has two forms with two names for one number. By which factor do they differ, and has it been used twice?"),
            new("an L2 penalty for all", (network, data) => Loop(network, data, new Adam(network.Parameters, 0.01, weightDecay: 0.5)), "Look at the weights of the input that is always 0. Their gradient is the penalty alone: how long is Adam's step then?"),
            new("an L2 penalty for the matrices", (network, data) => Loop(network, data, new Adam(ParameterGroups.NoDecayForBiasAndNorm(network.Parameters), 0.01, weightDecay: 0.5)), "Section 5: what does Adam do to a penalty that comes in with the gradient? Look at the weights of the input that is always 0."),
            new("no decay", (network, data) => Loop(network, data, new Adam(network.Parameters, 0.01)), "The level is right, but it learns by heart. Which weights has nobody taken away?"),
        ],
        Alternatives =
        [
            (network, data) =>
            {
                Adam adam = new(network.Parameters, 0.01);
                for (int step = 0; step < 400; step++)
                {
                    adam.ZeroGrad();
                    new MSELoss().Forward(network.Forward(data.Inputs), data.Targets).Backward();
                    foreach (Tensor weight in network.Parameters.Where(parameter => parameter.Rank == 2))
                    {
                        (weight.Detach() * (1 - (0.01 * 0.5))).Span.CopyTo(weight.Span);
                    }

                    adam.Step();
                }
            },
        ],
        Hints =
        [
            "Two faults: one is how much the decay takes in a step, the other is from whom. The weights of the input that is always 0 show the first, the mean of the answers the second.",
            "PyTorch's form is the library's default. And two ParameterGroups: the matrices (Rank 2), and the biases with WeightDecay = 0.",
        ],
    };

    // Twelve inputs, of which the first matters, the last is always 0, and ten are noise; the targets lie around 6.
    private static Dataset Line(int count, ulong seed)
    {
        Generator generator = new(seed);
        Tensor x = Tensor.RandN([count, 12], generator), y = Tensor.Zeros(count, 1);
        for (int i = 0; i < count; i++)
        {
            x[i, 11] = 0;
            y[i, 0] = 6 + x[i, 0] + (0.5f * generator.NextNormal());
        }

        return new(x, y);
    }

    private static (double Dead, double Bias, double Error) Train(Answer train, ulong seed)
    {
        Generator generator = new(seed + 10);
        Linear first = new(12, 24, generator: generator);
        Sequential network = new(first, new ReLU(), new Linear(24, 1, generator: generator));
        first.Bias!.Value[0] = -100; // this unit never wakes up
        double before = first.Weight.Slice(1, 11, 1).Square().Sum().Item();
        train(network, Line(60, seed));
        Dataset test = Line(500, seed + 50);
        return (Math.Sqrt(first.Weight.Slice(1, 11, 1).Square().Sum().Item() / before), first.Bias.Value[0] / -100.0, (network.Forward(test.Inputs) - test.Targets).Square().Mean().Item());
    }

    private static void Loop(Module network, Dataset data, Optimizer optimizer)
    {
        for (int step = 0; step < 400; step++)
        {
            optimizer.ZeroGrad();
            new MSELoss().Forward(network.Forward(data.Inputs), data.Targets).Backward();
            optimizer.Step();
        }
    }
}
