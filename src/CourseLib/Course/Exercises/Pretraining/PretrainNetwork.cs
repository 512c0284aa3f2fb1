using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using Answer = System.Func<CourseLib.Tensors.Tensor, CourseLib.Kernels.Generator, CourseLib.Layers.Module>;

namespace CourseLib.Course.Exercises.Pretraining;

/// <summary>pretrain.network: an autoencoder whose decoder cannot say what it saw, and does not share its weights (lecture perc, "Предобучение").</summary>
internal static class PretrainNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "pretrain.network", "13-pretraining", Level.Medium, "an autoencoder that cannot say what it saw", reference: (x, generator) =>
        {
            Linear encoder = new(12, 3, generator: generator);
            Sequential network = new(encoder, new TiedLinear(encoder)); // numbers of any size come out; one matrix for both ways
            Adam adam = new(network.Parameters, lr: 0.02);
            MSELoss loss = new();
            for (int step = 0; step < 300; step++)
            {
                adam.ZeroGrad();
                loss.Forward(network.Forward(x), x).Backward();
                adam.Step();
            }

            return network;
        })
    {
        Cases =
        [
            new Bounds<Answer>("one matrix for both ways", "the number of its matrices", train => Trained(train, 1).Parameters.Count(parameter => parameter.Rank == 2), atLeast: 1, atMost: 1),
            new Bounds<Answer>("it can say what it saw", "the smallest number that it answers", train => Trained(train, 1).Forward(Points(200, 21)).Min().Item(), atMost: -1.5),
            new Bounds<Answer>("three numbers are enough", "the mean square error on new examples", train => Error(train, 1), atMost: 0.025),
            new Bounds<Answer>("another seed", "the mean square error on new examples", train => Error(train, 2), atMost: 0.025),
        ],
        Ideas =
        [
            new("nothing was mended", (x, generator) => Train(x, x, generator, tied: false, new ReLU(), new Sigmoid()), "Between which bounds lie the numbers that come out, and between which the data? And how many matrices are there?"),
            new("the outputs are still squashed", (x, generator) => Train(x, x, generator, tied: true, new ReLU(), new Sigmoid()), "Print the smallest and the largest number of the data, and of the answers."),
            new("two matrices", (x, generator) => Train(x, x, generator, tied: false, null, null), "It rebuilds well. Which layer of the library takes the encoder's matrix for the way back?"),
            new("no output below 0", (x, generator) => Train(x, x, generator, tied: true, null, new ReLU()), "Print the smallest number of the data, and of the answers."),
            new("a code that is never below 0", (x, generator) => Train(x, x, generator, tied: true, new ReLU(), null), "Three directions, of which each is seen from one side only. What do half of the examples have for a code?"),
            new("outputs between -1 and 1", (x, generator) => Train(x, x, generator, tied: true, null, new Tanh()), "Half of the data lies within these bounds. And the other half?"),
            new("noise is what it learns to answer", (x, generator) => Train(x, Tensor.RandN(x.Shape, generator), generator, tied: true, null, null), "What has the target to be, that something can be rebuilt?"),
        ],
        Alternatives =
        [
            (x, generator) =>
            {
                Linear encoder = new(12, 3, initializer: new Xavier(), generator: generator);
                Sequential network = new(encoder, new TiedLinear(encoder));
                SGD sgd = new(network.Parameters, lr: 0.3, momentum: 0.9);
                for (int step = 0; step < 500; step++)
                {
                    sgd.ZeroGrad();
                    (network.Forward(x) - x).Square().Mean().Backward();
                    sgd.Step();
                }

                return network;
            },
        ],
        Hints =
        [
            "Three layers of Broken have to be looked at: what the code lets through, what the outputs can say, and whose weights the way back has. Print minimum and maximum behind each layer.",
            "The data go below 0 and above 1: no activation behind the decoder, and none that cuts the code. TiedLinear(encoder) is the way back with the same matrix.",
        ],
    };

    // Twelve numbers that are made of three, and a little noise.
    private static Tensor Points(int count, ulong seed)
    {
        Tensor directions = Tensor.RandN([3, 12], new Generator(99)) * 0.8;
        Generator generator = new(seed);
        return Tensor.RandN([count, 3], generator).MatMul(directions) + (Tensor.RandN([count, 12], generator) * 0.1);
    }

    private static Module Trained(Answer train, ulong seed) => train(Points(200, seed), new Generator(seed + 10));

    private static double Error(Answer train, ulong seed)
    {
        Tensor test = Points(300, seed + 20);
        return (Trained(train, seed).Forward(test) - test).Square().Mean().Item();
    }

    private static Module Train(Tensor x, Tensor target, Generator generator, bool tied, Module? code, Module? output)
    {
        Linear encoder = new(12, 3, generator: generator);
        Module decoder = tied ? new TiedLinear(encoder) : new Linear(3, 12, generator: generator);
        Sequential network = new(encoder, code ?? new Identity(), decoder, output ?? new Identity());
        Adam adam = new(network.Parameters, lr: 0.02);
        for (int step = 0; step < 300; step++)
        {
            adam.ZeroGrad();
            new MSELoss().Forward(network.Forward(x), target).Backward();
            adam.Step();
        }

        return network;
    }
}
