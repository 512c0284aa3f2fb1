using CourseLib.Activations;
using CourseLib.Autograd;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;
using Answer = System.Func<CourseLib.Kernels.Generator, CourseLib.Layers.Module>;

namespace CourseLib.Course.Exercises.CnnFromScratch;

/// <summary>cnn.network: a convolutional network that overlooks the border of the picture and whose filters are all alike (lecture cnn, "CNN формально").</summary>
internal static class CnnNetwork
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "cnn.network", "15-cnn-from-scratch", Level.Medium, "a network that overlooks things", reference: generator => new Sequential(
            new Conv2d(1, 8, 3, padding: 1, initializer: new Kaiming(), generator: generator), new ReLU(), new MaxPool2d(2), // 11 stays 11, then 5
            new Conv2d(8, 8, 3, padding: 1, initializer: new Kaiming(), generator: generator), new ReLU(), new MaxPool2d(2), // 5 stays 5, then 2
            new Flatten(), new Linear(8 * 2 * 2, 4, generator: generator)))
    {
        Cases =
        [
            new Bounds<Answer>("no pixel is overlooked", "the number of pixels that no answer depends on", Overlooked, atMost: 0),
            new Bounds<Answer>("the filters are not alike", "how far the first layer's filters are apart, in parts of their size,", build => Spread(build(new Generator(3))), atLeast: 0.3),
            new Bounds<Answer>("it learns four strokes", "the loss on new pictures", build => Loss(build, 1), atMost: 0.2),
            new Bounds<Answer>("another seed", "the loss on new pictures", build => Loss(build, 2), atMost: 0.2),
        ],
        Ideas =
        [
            new("nothing was mended", generator => Net(generator, default, new Constant(0.1)), "Write down the number of rows behind each layer. What becomes of the last row of the picture? And print two filters."),
            new("the filters still start alike", generator => Net(generator, 1, new Constant(0.1)), "Filters that start alike get the same gradient. How many different maps has the first layer, then?"),
            new("the border is still overlooked", generator => Net(generator, default, new Kaiming()), "Write down the number of rows behind each layer. Which one does a pooling leave out, and which pixels are seen from there alone?"),
            new("padding in the second layer alone", generator => Net(generator, default, new Kaiming(), second: 1), "The map of 9 x 9 behind the first layer: which of its rows does the pooling leave out?"),
            new("all filters start at 0", generator => Net(generator, 1, new Zeros()), "Which gradient reaches a filter whose map is 0, through a layer whose filters are 0?"),
            new("no pooling, no convolution", generator => new Sequential(new Flatten(), new Linear(121, 32, generator: generator), new ReLU(), new Linear(32, 4, generator: generator)), "No pixel is overlooked. But where are the filters?"),
        ],
        Alternatives =
        [
            generator => new Sequential(
                new Conv2d(1, 12, 3, padding: Padding.Same, generator: generator), new ReLU(), new MaxPool2d(2),
                new Conv2d(12, 8, 3, padding: Padding.Same, generator: generator), new ReLU(), new Flatten(), new Linear(8 * 5 * 5, 4, generator: generator)),
            generator => new Sequential(
                new Conv2d(1, 8, 3, padding: 2, generator: generator), new LeakyReLU(0.1), new MaxPool2d(2), new Flatten(), new Linear(8 * 6 * 6, 4, generator: generator)),
        ],
        Hints =
        [
            "Two faults. Write rows x columns behind each layer, and mark what a pooling of an odd map leaves out. Then print the filters of the first layer, before and after training.",
            "Padding keeps a map of 3 x 3 windows as large as it was; the dense layer has to count again. And a rule of notebook 05 draws filters that differ.",
        ],
    };

    // Pixels whose change changes nothing, in any of some random pictures and random starts.
    private static double Overlooked(Answer build)
    {
        Tensor seen = Tensor.Zeros(11, 11);
        for (ulong seed = 1; seed <= 4; seed++)
        {
            Tensor x = Tensor.RandN([40, 1, 11, 11], new Generator(seed + 20)).AsParameter();
            Module network = build(new Generator(seed));
            foreach (Tensor weight in network.Parameters.Where(parameter => parameter.Abs().Max().Item() == 0))
            {
                weight.Fill(0.01); // a start at 0 hides nothing from the eye, only from the gradient
            }

            Tensor y = network.Forward(x);
            y.Backward(Tensor.RandN(y.Shape, new Generator(seed + 30)));
            seen += x.Grad.Abs().Sum(0).Reshape(11, 11);
        }

        return seen.ToArray().Count(size => size == 0);
    }

    private static double Spread(Module network)
    {
        Tensor[] kernels = [.. network.Parameters.Where(parameter => parameter.Rank == 4)];
        if (kernels.Length == 0)
        {
            return 0;
        }

        Tensor filters = kernels[0];
        double size = filters.Square().Mean().Item();
        return size == 0 ? 0 : Math.Sqrt((filters - filters.Mean(0)).Square().Mean().Item() / size);
    }

    private static double Loss(Answer build, ulong seed)
    {
        Module network = build(new Generator(seed));
        Trainer trainer = new(network, new Adam(network.Parameters, 0.01), new CrossEntropyLoss());
        trainer.Fit(Strokes(160, seed), epochs: 15, batchSize: 16, generator: new Generator(seed));
        return trainer.Evaluate(Strokes(200, seed + 10)).Loss;
    }

    // Strokes of three pixels that lie or stand, at the border or inside: in the last row, in the last column, in row 4, in column 4.
    private static Dataset Strokes(int count, ulong seed)
    {
        Generator generator = new(seed);
        Tensor pictures = Tensor.RandN([count, 1, 11, 11], generator) * 0.2, classes = Tensor.Zeros(count);
        for (int n = 0; n < count; n++)
        {
            int kind = n % 4, place = generator.NextInt(9);
            classes[n] = kind;
            for (int i = 0; i < 3; i++)
            {
                int row = kind switch { 0 => 10, 1 => place + i, 2 => 4, _ => place + i }, column = kind switch { 0 => place + i, 1 => 10, 2 => place + i, _ => 4 };
                pictures[n, 0, row, column] += 1;
            }
        }

        return new(pictures, classes);
    }

    private static Sequential Net(Generator generator, Padding padding, Initializer start, Padding? second = null)
    {
        Padding next = second ?? padding;
        int side = (padding.Equals(default) ? 9 : 11) / 2, last = (side - (next.Equals(default) ? 2 : 0)) / 2;
        return new(
            new Conv2d(1, 8, 3, padding: padding, initializer: start, generator: generator), new ReLU(), new MaxPool2d(2),
            new Conv2d(8, 8, 3, padding: next, initializer: start, generator: generator), new ReLU(), new MaxPool2d(2),
            new Flatten(), new Linear(8 * last * last, 4, generator: generator));
    }
}
