using CourseLib.Autograd;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.CnnFromScratch;

/// <summary>cnn.window: a dense layer that is used at every place of larger maps (lecture cnn, "CNN формально", LeNet's C5).</summary>
internal static class CnnWindow
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, int, Tensor>>(
        "cnn.window", "15-cnn-from-scratch", Level.Medium, "a dense layer that is a convolution", reference: (x, weight, bias, k) =>
        {
            int channels = x.Shape[0];
            Tensor filters = weight.Reshape(weight.Shape[0], channels, k, k); // Flatten wrote channel, row, column
            Tensor y = Functional.Conv2d(x.Reshape(1, channels, x.Shape[1], x.Shape[2]), filters, bias);
            return y.Reshape(y.Shape[1], y.Shape[2], y.Shape[3]);
        })
    {
        Cases =
        [
            new("maps as large as the window: one place", answer => answer(Random(1, 2, 3, 3), Random(2, 4, 18), Random(3, 4), 3)),
            new("maps of 5 x 5, a window of 3 x 3", answer => answer(Random(4, 2, 5, 5), Random(5, 4, 18), Random(6, 4), 3)),
            new("maps that are not square", answer => answer(Random(7, 3, 4, 7), Random(8, 2, 12), Random(9, 2), 2)),
        ],
        Ideas =
        [
            new("rows and columns exchanged", (x, weight, bias, k) => Conv(x, Filters(x, weight, k).Permute(0, 1, 3, 2), bias),
                "In which order does Flatten go through a map: along a row, or down a column?"),
            new("channels last", (x, weight, bias, k) => Conv(x, weight.Reshape(weight.Shape[0], k, k, x.Shape[0]).Permute(0, 3, 1, 2), bias),
                "Flatten of [c, h, w]: which index moves fastest, and which slowest?"),
            new("the bias forgotten", (x, weight, bias, k) => Conv(x, Filters(x, weight, k), bias * 0),
                "What does the dense layer answer to a window full of zeros?"),
            new("the window turned", (x, weight, bias, k) => Conv(x, Turned(Filters(x, weight, k)), bias),
                "A mathematician's convolution turns the window, the layer does not. Which number of the window meets the first weight of a row?"),
            new("windows side by side", (x, weight, bias, k) => Conv(x, Filters(x, weight, k), bias, stride: k),
                "How far is it from one window to the next? A map of 5 rows has three windows of 3 rows."),
            new("zeros around the maps", (x, weight, bias, k) => Conv(x, Filters(x, weight, k), bias, padding: 1),
                "The dense layer has never seen a window that hangs over the edge. How many windows lie inside?"),
        ],
        Alternatives =
        [
            (x, weight, bias, k) =>
            {
                Tensor y = Tensor.Zeros(weight.Shape[0], x.Shape[1] - k + 1, x.Shape[2] - k + 1);
                for (int place = 0; place < y.Shape[1] * y.Shape[2]; place++)
                {
                    (int i, int j) = (place / y.Shape[2], place % y.Shape[2]);
                    Tensor answer = Functional.Linear(x.Slice(1, i, k).Slice(2, j, k).Reshape(1, -1), weight, bias);
                    for (int o = 0; o < weight.Shape[0]; o++)
                    {
                        y[o, i, j] = answer[0, o];
                    }
                }

                return y;
            },
        ],
        Hints =
        [
            "Two ways: cut out each window and ask the dense layer, or give the weights the shape of filters and let Functional.Conv2d slide them.",
            "A row of weight holds a filter: all of channel 0 row by row, then channel 1. Which Reshape makes [outputs, c, k, k] of it without moving a number?",
        ],
    };

    private static Tensor Random(ulong seed, params ReadOnlySpan<int> shape) => Tensor.RandN(new Shape(shape), new Generator(seed));

    private static Tensor Filters(Tensor x, Tensor weight, int k) => weight.Reshape(weight.Shape[0], x.Shape[0], k, k);

    private static Tensor Turned(Tensor filters)
    {
        int k = filters.Shape[2];
        Tensor rows = filters.Reshape(-1, k * k);
        return Enumerable.Range(0, k * k).Select(place => rows.Slice(1, (k * k) - 1 - place, 1)).Aggregate((left, right) => left.Concat(right, 1)).Reshape(filters.Shape[0], filters.Shape[1], k, k);
    }

    private static Tensor Conv(Tensor x, Tensor filters, Tensor bias, int stride = 1, int padding = 0)
    {
        Tensor y = Functional.Conv2d(x.Reshape(1, x.Shape[0], x.Shape[1], x.Shape[2]), filters, bias, stride, padding);
        return y.Reshape(y.Shape[1], y.Shape[2], y.Shape[3]);
    }
}
