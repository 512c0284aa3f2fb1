using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using Answer = System.Func<CourseLib.Data.Dataset, CourseLib.Kernels.Generator, System.Func<CourseLib.Tensors.Tensor, CourseLib.Tensors.Tensor>>;

namespace CourseLib.Course.Exercises.GradientDescent;

/// <summary>gd.network: a network whose inputs have different units and whose steps are too long (lectures cnn, "Градиентный спуск", and perc, "Методы высших порядков: метод Ньютона").</summary>
internal static class GdNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "gd.network", "06-gradient-descent", Level.Medium, "a network in the wrong units", reference: (data, generator) =>
        {
            Tensor mean = data.Inputs.Mean(0), deviation = data.Inputs.Variance(0).Sqrt(); // of the training data, once
            Sequential network = new(new Linear(2, 16, generator: generator), new Tanh(), new Linear(16, 2, generator: generator));
            SGD descent = new(network.Parameters, lr: 1);
            CrossEntropyLoss loss = new();
            for (int step = 0; step < 500; step++)
            {
                descent.ZeroGrad();
                loss.Forward(network.Forward((data.Inputs - mean) / deviation), data.Targets).Backward();
                descent.Step();
            }

            return x => network.Forward((x - mean) / deviation);                           // a new point in the same units
        })
    {
        Cases =
        [
            new Bounds<Answer>("a point's answer is its own", "the largest change of an answer when others are asked beside it", train => Change(train(Moons(160, 1), new Generator(11))), atMost: 1e-3),
            new Bounds<Answer>("both inputs matter", "the ratio of the answers' changes, when one input or the other moves by its standard deviation,", train => Ratio(train(Moons(160, 1), new Generator(11))), atLeast: 0.1, atMost: 10),
            new Bounds<Answer>("two moons", "the loss on new points", train => Loss(train, 1), atMost: 0.35),
            new Bounds<Answer>("another seed", "the loss on new points", train => Loss(train, 2), atMost: 0.35),
        ],
        Ideas =
        [
            new("nothing was mended", Descent(30, Scale.None), "Print the loss of the first twenty steps. What does section 1 say of a loss that jumps? And how large is a step in the weight of each input?"),
            new("only the step was mended", Descent(1, Scale.None), "Print what goes into tanh for the first points. Which input decides it alone?"),
            new("a tiny step for the steepest input", Descent(1e-5, Scale.None), "It jumps no more. How many steps would the other input need (section 4)?"),
            new("only the units were mended", Descent(30, Scale.Both), "Print the loss of the first twenty steps: up and down. Which rates converge (section 1)?"),
            new("divided, but not centred", Descent(1, Scale.Divided), "One input is now 1, the other lies around 6, for all points. Where are all the tanh of such a point?"),
            new("new points in the old units", Descent(1, Scale.TrainingOnly), "It learned with one unit of length and is asked in another."),
            new("each question has its own mean", Descent(1, Scale.OwnMean), "Ask for one point alone. What is its mean, and what is left of it?"),
        ],
        Alternatives =
        [
            (data, generator) =>
            {
                Tensor low = data.Inputs.Min(0), width = data.Inputs.Max(0) - low;
                return Trained(data, generator, 0.5, x => ((x - low) / width * 4) - 2, null, 900);
            },
        ],
        Hints =
        [
            "Two faults: the lengths of the steps, and the units of the inputs. With one of them mended the other shows better.",
            "Mean and standard deviation of each input of data: subtract and divide, in training and in the function that is returned. Then halve the rate until the loss falls in every step.",
        ],
    };

    private enum Scale
    {
        None,
        Both,
        Divided,
        TrainingOnly,
        OwnMean,
    }

    // One coordinate in metres, one in thousandths of them and far from 0.
    private static Dataset Moons(int count, ulong seed)
    {
        Dataset moons = ToySets.Moons(count, noise: 0.25f, generator: new Generator(seed));
        return new((moons.Inputs * Tensor.From([1f, 1000f])) + Tensor.From([0f, 3000f]), moons.Targets);
    }

    private static double Change(Func<Tensor, Tensor> answer)
    {
        Tensor points = Moons(40, 3).Inputs, together = answer(points);
        return Enumerable.Range(0, 40).Max(i => (answer(points.Slice(0, i, 1)) - together.Slice(0, i, 1)).Abs().Max().Item());
    }

    private static double Ratio(Func<Tensor, Tensor> answer)
    {
        Tensor points = Moons(200, 3).Inputs, deviation = points.Variance(0).Sqrt(), still = answer(points);
        double By(params float[] direction) => (answer(points + (deviation * Tensor.From(direction))) - still).Abs().Mean().Item();
        return By(1, 0) / By(0, 1);
    }

    private static double Loss(Answer train, ulong seed)
    {
        Dataset test = Moons(300, seed + 20);
        return new CrossEntropyLoss().Forward(train(Moons(160, seed), new Generator(seed + 10))(test.Inputs), test.Targets).Item();
    }

    private static Answer Descent(double rate, Scale scale) => (data, generator) =>
    {
        Tensor mean = data.Inputs.Mean(0), deviation = data.Inputs.Variance(0).Sqrt();
        Func<Tensor, Tensor> map = scale switch
        {
            Scale.None => x => x,
            Scale.Divided => x => x / deviation,
            _ => x => (x - mean) / deviation,
        };
        return Trained(data, generator, rate, map, scale switch { Scale.TrainingOnly => x => x, Scale.OwnMean => x => (x - x.Mean(0)) / (x.Variance(0) + 1e-9).Sqrt(), _ => map }, 500);
    };

    private static Func<Tensor, Tensor> Trained(Dataset data, Generator generator, double rate, Func<Tensor, Tensor> map, Func<Tensor, Tensor>? asked, int steps)
    {
        Sequential network = new(new Linear(2, 16, generator: generator), new Tanh(), new Linear(16, 2, generator: generator));
        SGD descent = new(network.Parameters, rate);
        for (int step = 0; step < steps; step++)
        {
            descent.ZeroGrad();
            new CrossEntropyLoss().Forward(network.Forward(map(data.Inputs)), data.Targets).Backward();
            descent.Step();
        }

        return x => network.Forward((asked ?? map)(x));
    }
}
