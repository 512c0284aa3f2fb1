using CourseLib.Autograd;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Convolution;

/// <summary>conv.compose: two convolution layers without an activation as one (lecture lbd, "Как избежать взрывного роста количества параметров?").</summary>
internal static class ConvCompose
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, Tensor, (Tensor Weight, Tensor Bias)>>(
        "conv.compose", "14-convolution", Level.Hard, "two layers as one", reference: (first, firstBias, second, secondBias) =>
        {
            int maps = first.Shape[0], channels = first.Shape[1], k = first.Shape[2], filters = second.Shape[0], l = second.Shape[2];
            Tensor weight = Tensor.Zeros(filters, channels, k + l - 1, k + l - 1), bias = secondBias.Clone();
            for (int n = 0; n < filters * maps * l * l; n++)
            {
                (int f, int m, int a, int e) = (n / (maps * l * l), n / (l * l) % maps, n / l % l, n % l);
                bias[f] += second[f, m, a, e] * firstBias[m]; // each weight meets the bias of its map
                for (int c = 0; c < channels; c++)
                {
                    for (int at = 0; at < k * k; at++)
                    {
                        weight[f, c, a + (at / k), e + (at % k)] += second[f, m, a, e] * first[m, c, at / k, at % k];
                    }
                }
            }

            return (weight, bias);
        })
    {
        Cases =
        [
            new("one map everywhere, 3 x 3 and 3 x 3", f => Ask(f, 1, 1, 1, 3, 3)),
            new("two channels, three maps, two filters", f => Ask(f, 2, 3, 2, 3, 3)),
            new("4 x 4 and 2 x 2", f => Ask(f, 3, 2, 4, 4, 2)),
            new("1 x 1 and 5 x 5", f => Ask(f, 4, 2, 3, 1, 5)),
        ],
        Ideas =
        [
            new("the answer to a single pixel as it is", (first, firstBias, second, secondBias) => (Turned(Weight(first, second)), Bias(firstBias, second, secondBias)),
                "Nearly. Section 1 sent one pixel through the slide's formula with a seven for W. How did the seven come out?"),
            new("the second filter turned", (first, firstBias, second, secondBias) => (Weight(first, Turned(second)), Bias(firstBias, second, secondBias)),
                "Both layers are cross-correlations. Put the first formula into the second and collect what stands before one pixel: are there minus signs?"),
            new("the first bias forgotten", (first, firstBias, second, secondBias) => (Weight(first, second), secondBias.Clone()),
                "Send a picture of zeros through both layers. What comes to the second one?"),
            new("the first bias passes unweighted", (first, firstBias, second, secondBias) => (Weight(first, second), secondBias + firstBias.Sum()),
                "The first bias is part of every number of a map. By what is it multiplied on its way, and how often is it taken?"),
            new("the first bias counted once for a filter", (first, firstBias, second, secondBias) => (Weight(first, second), ((Bias(firstBias, second, secondBias) - secondBias) / (second.Shape[2] * second.Shape[3])) + secondBias),
                "A window of the second layer has several numbers of each map, and each of them brings the bias along."),
            new("the mean over the maps in between", (first, firstBias, second, secondBias) => (Weight(first, second) / first.Shape[0], ((Bias(firstBias, second, secondBias) - secondBias) / first.Shape[0]) + secondBias),
                "What does a layer do with its input channels: average them, or add them up?"),
        ],
        Alternatives =
        [
            (first, firstBias, second, secondBias) =>
            {
                int channels = first.Shape[1], size = first.Shape[2] + second.Shape[2] - 1, pixels = channels * size * size;
                Tensor points = Tensor.Eye(pixels).Reshape(pixels, channels, size, size); // the one answer to each pixel alone
                Tensor answers = Functional.Conv2d(Functional.Conv2d(points, first), second).Reshape(pixels, -1);
                Tensor nothing = Functional.Conv2d(Functional.Conv2d(Tensor.Zeros(1, channels, size, size), first, firstBias), second, secondBias);
                return (answers.Transpose().Reshape(second.Shape[0], channels, size, size), nothing.Reshape(-1));
            },
        ],
        Hints =
        [
            "Write z[m] for the maps in between, put their formula into that of y[f], and ask: which pairs of weights meet in the pixel that is (p, q) away from the window's corner?",
            "weight[f, c, a + i, e + j] gets second[f, m, a, e] times first[m, c, i, j], added up over all m, a, e, i, j. The bias of map m comes in once for every a, e.",
        ],
    };

    private static object? Ask(Func<Tensor, Tensor, Tensor, Tensor, (Tensor, Tensor)> answer, int channels, int maps, int filters, int k, int l) => answer(
        Tensor.RandN([maps, channels, k, k], new Generator(1)), Tensor.RandN([maps], new Generator(2)) + 1, Tensor.RandN([filters, maps, l, l], new Generator(3)), Tensor.RandN([filters], new Generator(4)));

    // The weights as the gradient of the answers by one window of pixels.
    private static Tensor Weight(Tensor first, Tensor second)
    {
        int size = first.Shape[2] + second.Shape[2] - 1, pixels = first.Shape[1] * size * size;
        Tensor points = Tensor.Eye(pixels).Reshape(pixels, first.Shape[1], size, size);
        return Functional.Conv2d(Functional.Conv2d(points, first), second).Reshape(pixels, -1).Transpose().Reshape(second.Shape[0], first.Shape[1], size, size);
    }

    private static Tensor Bias(Tensor firstBias, Tensor second, Tensor secondBias) => second.Sum(3).Sum(2).MatMul(firstBias.Reshape(-1, 1)).Reshape(-1) + secondBias;

    private static Tensor Turned(Tensor w)
    {
        Tensor turned = w.Clone();
        int area = w.Shape[2] * w.Shape[3];
        for (int at = 0; at < w.Length; at += area)
        {
            turned.Span.Slice(at, area).Reverse();
        }

        return turned;
    }
}
