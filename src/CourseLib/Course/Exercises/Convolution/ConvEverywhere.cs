using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;

namespace CourseLib.Course.Exercises.Convolution;

/// <summary>conv.everywhere: a convolution network that does not resist shifts (lecture cnn, "Свёрточные нейронные сети: идея": устойчивость к переносам).</summary>
internal static class ConvEverywhere
{
    public static Grader Grader { get; } = new Grader<Func<Generator, Module>>(
        "conv.everywhere", "14-convolution", Level.Medium, "repair a network that looks in one place", reference: generator => new Sequential(
            new Conv2d(1, 8, 3, generator: generator), new ReLU(), // step 1: the maps move with the picture
            new GlobalMaxPool2d(),                                 // the largest number of each map, wherever it is
            new Linear(8, 2, generator: generator)))
    {
        Cases =
        [
            new Bounds<Func<Generator, Module>>("the same stroke anywhere, the same answer", "the largest change of the scores (untrained), as a share of the scores,", Change, atMost: 1e-4),
            new Bounds<Func<Generator, Module>>("learned above on the left, asked below on the right", "the loss there", build => Loss(build, seed: 1), atMost: 0.6),
            new Bounds<Func<Generator, Module>>("another seed", "the loss there", build => Loss(build, seed: 2), atMost: 0.6),
        ],
        Ideas =
        [
            new("nothing was mended", generator => Flat(generator, stride: 2, places: 81),
                "Move the stroke by two pixels: what happens to the maps, and what to the numbers behind Flatten? Then move it by one."),
            new("only the step was mended", generator => Flat(generator, stride: 1, places: 324),
                "The maps move with the picture now. Who reads them, and does it care where a number stands?"),
            new("only the reading was mended", generator => new Sequential(new Conv2d(1, 8, 3, stride: 2, generator: generator), new ReLU(), new GlobalMaxPool2d(), new Linear(8, 2, generator: generator)),
                "For which shifts is the answer the same, for which is it not? Section 6 has a table of both."),
            new("a little pooling", generator => new Sequential(new Conv2d(1, 8, 3, generator: generator), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(8 * 81, 2, generator: generator)),
                "Pooling by 2 forgives one pixel, sometimes. The stroke moves by up to five."),
            new("the mean of the maps, and no activation", generator => new Sequential(new Conv2d(1, 8, 3, generator: generator), new GlobalAvgPool2d(), new Linear(8, 2, generator: generator)),
                "It does not care where the stroke is. Does it care what it looks like? The mean of a linear map: which numbers of the picture does it still tell apart?"),
        ],
        Alternatives =
        [
            generator => new Sequential(
                new Conv2d(1, 8, 3, generator: generator), new ReLU(), new Conv2d(8, 8, 3, generator: generator), new ReLU(), new GlobalMaxPool2d(), new Linear(8, 2, generator: generator)),
            generator => new Sequential(new Conv2d(1, 16, 3, generator: generator), new Tanh(), new GlobalMaxPool2d(), new Linear(16, 2, generator: generator)),
        ],
        Hints =
        [
            "There are two faults. One breaks the answers for odd shifts only, the other for all: print the scores for a stroke at each place.",
            "The convolution has to make a window at every pixel, and behind it somebody has to ask whether a number is anywhere in the map, not where.",
        ],
    };

    private static Sequential Flat(Generator generator, int stride, int places) => new(
        new Conv2d(1, 8, 3, stride: stride, generator: generator), new ReLU(), new Flatten(), new Linear(8 * places, 2, generator: generator));

    private static double Change(Func<Generator, Module> build)
    {
        Tensor pictures = Tensor.Zeros(36, 1, 20, 20);
        for (int n = 0; n < 36; n++)
        {
            Draw(pictures, n, 6 + (n / 6), 6 + (n % 6), falls: true);
        }

        Tensor scores = build(new Generator(3)).Forward(pictures), first = scores.Slice(0, 0, 1);
        return (scores - first).Abs().Max().Item() / first.Abs().Max().Item();
    }

    private static double Loss(Func<Generator, Module> build, ulong seed)
    {
        Module network = build(new Generator(seed));
        Trainer trainer = new(network, new Adam(network.Parameters, 0.02), new CrossEntropyLoss());
        trainer.Fit(Strokes(seed, first: 6), epochs: 30, batchSize: 16, generator: new Generator(seed));
        return trainer.Evaluate(Strokes(seed + 10, first: 9)).Loss;
    }

    // Strokes that fall or rise, three pixels long, on a little noise; their corners lie in a field of 3 x 3 pixels, six from the border: no window of up to three layers of 3 x 3 is cut off.
    private static Dataset Strokes(ulong seed, int first)
    {
        Generator generator = new(seed);
        Tensor pictures = Tensor.RandN([96, 1, 20, 20], generator) * 0.1, classes = Tensor.Zeros(96);
        for (int n = 0; n < 96; n++)
        {
            classes[n] = n % 2;
            Draw(pictures, n, first + generator.NextInt(3), first + generator.NextInt(3), falls: n % 2 == 0);
        }

        return new(pictures, classes);
    }

    private static void Draw(Tensor pictures, int n, int row, int column, bool falls)
    {
        for (int i = 0; i < 3; i++)
        {
            pictures[n, 0, row + i, column + (falls ? i : 2 - i)] += 1;
        }
    }
}
