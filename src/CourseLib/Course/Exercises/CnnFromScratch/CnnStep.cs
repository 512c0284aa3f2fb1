using System.Globalization;
using System.Text.RegularExpressions;
using CourseLib.Activations;
using CourseLib.Course.Grading;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.CnnFromScratch;

/// <summary>cnn.step: how far a picture must move for its features to move along unchanged (lecture cnn, "Свёрточные нейронные сети: идея").</summary>
internal static class CnnStep
{
    public static Grader Grader { get; } = new Grader<Func<Module, int>>(
        "cnn.step", "15-cnn-from-scratch", Level.Hard, "how far must the picture move?", reference: net =>
        {
            Tensor tall = Tensor.RandN([1, 1, 64, 40], new Generator(1));
            Tensor still = net.Forward(tall.Slice(2, 0, 40));
            int rows = still.Shape[2];
            for (int shift = 1; shift <= 16; shift++)
            {
                Tensor moved = net.Forward(tall.Slice(2, shift, 40)); // the same scene, a few rows further on
                Tensor gap = moved.Slice(2, 0, rows - 1) - still.Slice(2, 1, rows - 1);
                if (gap.Abs().Max().Item() < 1e-4)
                {
                    return shift;
                }
            }

            return 0;
        })
    {
        Cases =
        [
            new("one block with pooling by 2", answer => answer(new Sequential([.. Block(1, 5, 2, 2, 1)]))),
            new("LeNet's two blocks", answer => answer(new Sequential([.. Block(1, 5, 2, 2, 2), .. Block(6, 5, 2, 2, 3)]))),
            new("pooling by 3, then a block whose pooling windows of 3 overlap", answer => answer(new Sequential([.. Block(1, 3, 3, 3, 4), .. Block(6, 3, 3, 2, 5)]))),
            new("a convolution in steps of 2, then a block", answer => answer(new Sequential([Conv(1, 3, 6, stride: 2), new ReLU(), .. Block(6, 3, 2, 2, 7)]))),
            new("three blocks", answer => answer(new Sequential([.. Block(1, 3, 2, 2, 8), .. Block(6, 3, 2, 2, 9), .. Block(6, 3, 2, 2, 10)]))),
        ],
        Ideas =
        [
            new("convolutions follow every step", _ => 1,
                "A convolution does. Which layer of the block looks at every second place only?"),
            new("nothing found", _ => 0,
                "When the picture moves, the features stand at other places. Which row of the moved ones should be compared with which row of the old ones?"),
            new("the last pooling alone", net => Strides(net)[^1],
                "Each level looks at the map of the level before. How many pixels of the picture is one step on that map?"),
            new("strides added up", net => Strides(net).Sum(),
                "Right for two blocks, since 2 + 2 = 2 * 2. Measure three."),
            new("the poolings' windows in place of their steps", net => Numbers(net, @"Pool2d\((\d+)").Aggregate((a, b) => a * b),
                "A window of 3 may begin at every second place. Which of the two numbers says where the next one begins?"),
            new("poolings alone", net => Numbers(net, @"Pool2d\(\d+, stride (\d+)").Aggregate((a, b) => a * b),
                "A pooling is not the only layer that can leave places out. Print the network."),
        ],
        Alternatives =
        [
            net =>
            {
                int Rows(int size) => net.Forward(Tensor.Zeros(1, 1, size, 40)).Shape[2];
                return 48 / (Rows(88) - Rows(40)); // so many pixels more make one row more
            },
        ],
        Hints =
        [
            "Make a random picture that is taller than needed and cut two windows of equal size out of it, one some rows further down. Compare the features of the two, one row further down.",
            "Row i of the moved features should be row i + 1 of the others. The smallest shift for which all of them agree is wanted; no row is near the border, since nothing is padded.",
        ],
    };

    private static Conv2d Conv(int from, int kernel, ulong seed, int stride = 1) => new(from, 6, kernel, stride, initializer: new Kaiming(), generator: new Generator(seed));

    private static Module[] Block(int from, int kernel, int window, int step, ulong seed) => [Conv(from, kernel, seed), new ReLU(), new MaxPool2d(window, step)];

    private static int[] Strides(Module net) => [.. Numbers(net, @"stride (\d+)").Where(step => step > 1)];

    private static IEnumerable<int> Numbers(Module net, string pattern) => Regex.Matches($"{net}", pattern).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
}
