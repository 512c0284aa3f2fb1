using CourseLib.Autograd;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.CnnFromScratch;

/// <summary>cnn.repair: a hand-made block that is broken in three places (lecture cnn, "CNN формально").</summary>
internal static class CnnRepair
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, int, Tensor>>(
        "cnn.repair", "15-cnn-from-scratch", Level.Medium, "repair the block", reference: (x, w, bias, padding) =>
        {
            int k = w.Shape[2], height = x.Shape[1] + (2 * padding) - k + 1, width = x.Shape[2] + (2 * padding) - k + 1;
            Tensor y = Tensor.Zeros(w.Shape[0], height, width);
            for (int f = 0; f < w.Shape[0]; f++)
                for (int i = 0; i < height; i++)
                    for (int j = 0; j < width; j++)
                    {
                        double sum = bias[f];                                // once, then all channels
                        for (int c = 0; c < x.Shape[0]; c++)
                            for (int a = 0; a < k; a++)
                                for (int e = 0; e < k; e++)
                                {
                                    int row = i + a - padding, column = j + e - padding;
                                    bool isInside = row >= 0 && row < x.Shape[1] && column >= 0 && column < x.Shape[2];
                                    sum += isInside ? w[f, c, a, e] * x[c, row, column] : 0;
                                }

                        y[f, i, j] = (float)sum;
                    }

            Tensor pooled = Tensor.Zeros(w.Shape[0], height / 2, width / 2); // starts at 0: that is the ReLU
            for (int f = 0; f < w.Shape[0]; f++)
                for (int i = 0; i < height / 2 * 2; i++)
                    for (int j = 0; j < width / 2 * 2; j++)
                    {
                        pooled[f, i / 2, j / 2] = Math.Max(pooled[f, i / 2, j / 2], y[f, i, j]);
                    }

            return pooled;
        })
    {
        Cases =
        [
            new("a grey picture of 6 x 6", f => f(Random(1, 1, 6, 6), Random(2, 3, 1, 3, 3), Random(3, 3), 1)),
            new("two channels", f => f(Random(4, 2, 8, 6), Random(5, 3, 2, 3, 3), Random(6, 3), 1)),
            new("windows of 5 x 5 without padding, an odd map", f => f(Random(7, 3, 11, 11), Random(8, 2, 3, 5, 5), Random(9, 2), 0)),
        ],
        Ideas =
        [
            new("nothing mended", (x, w, bias, padding) => Block(x, w, bias, padding, channels: true, turned: true, overlap: true),
                "There are three mistakes. One shows with a single channel and a window that is not symmetric, one needs two channels, one makes the map look enlarged."),
            new("the channels are mended alone", (x, w, bias, padding) => Block(x, w, bias, padding, channels: false, turned: true, overlap: true),
                "One of three. Compare the indices of w with the formula, then ask how far apart two neighbouring pooling windows begin."),
            new("the indices of the window are mended alone", (x, w, bias, padding) => Block(x, w, bias, padding, channels: true, turned: false, overlap: true),
                "One of three. How far apart do two neighbouring pooling windows begin? And what is left of channel 0 when channel 1 has been read?"),
            new("the pooling is mended alone", (x, w, bias, padding) => Block(x, w, bias, padding, channels: true, turned: true, overlap: false),
                "One of three. Compare the indices of w with the formula, then ask what is left of channel 0 when channel 1 has been read."),
            new("only the last channel counts", (x, w, bias, padding) => Block(x, w, bias, padding, channels: true, turned: false, overlap: false),
                "Two of three. Put a 1 into channel 0 and zeros into channel 1. Where does the sum begin anew?"),
            new("rows and columns of the window exchanged", (x, w, bias, padding) => Block(x, w, bias, padding, channels: false, turned: true, overlap: false),
                "Two of three. A filter that answers to ink on the right: to which side does this one answer?"),
            new("pooling windows that overlap", (x, w, bias, padding) => Block(x, w, bias, padding, channels: false, turned: false, overlap: true),
                "Two of three. Which pixels of the convolved map does the last pixel of the pooled one look at?"),
            new("the ReLU taken away", (x, w, bias, padding) => Functional.MaxPool2d(Functional.Conv2d(One(x), w, bias, padding: padding), 2).Reshape(w.Shape[0], (x.Shape[1] + (2 * padding) - w.Shape[2] + 1) / 2, -1),
                "That line was right: pooling begins with 0, so nothing below 0 can win. What is that step called?"),
            new("the bias once for each channel", (x, w, bias, padding) => Block(x, w, bias * x.Shape[0], padding, channels: false, turned: false, overlap: false),
                "Let the picture be all zeros. What should come out of a filter whose bias is 1, with three channels?"),
        ],
        Alternatives = [(x, w, bias, padding) => Functional.MaxPool2d(Functional.Conv2d(x.Reshape(1, x.Shape[0], x.Shape[1], x.Shape[2]), w, bias, padding: padding).Relu(), 2).Reshape(w.Shape[0], (x.Shape[1] + (2 * padding) - w.Shape[2] + 1) / 2, -1)],
        Hints =
        [
            "Compare each line with the two formulas of section 1 and with the loop of Pool there. Test pictures with a single white pixel, and w with a single 1.",
            "One line stands one loop too deep; two indices are in the wrong order; one index lacks a factor. The start of the pooled map at 0 is no mistake.",
        ],
    };

    private static Tensor Random(ulong seed, params ReadOnlySpan<int> shape) => Tensor.RandN(new Shape(shape), new Generator(seed));

    private static Tensor One(Tensor x) => x.Reshape(1, x.Shape[0], x.Shape[1], x.Shape[2]);

    // The block with the mistakes that are left in it.
    private static Tensor Block(Tensor x, Tensor w, Tensor bias, int padding, bool channels, bool turned, bool overlap)
    {
        int last = x.Shape[0] - 1;
        (Tensor picture, Tensor filters) = channels ? (x.Slice(0, last, 1), w.Slice(1, last, 1)) : (x, w);
        Tensor y = Functional.Conv2d(One(picture), turned ? filters.Permute(0, 1, 3, 2) : filters, bias, padding: padding).Relu();
        Tensor pooled = overlap ? Functional.MaxPool2d(y, 2, 1).Slice(2, 0, y.Shape[2] / 2).Slice(3, 0, y.Shape[3] / 2) : Functional.MaxPool2d(y, 2);
        return pooled.Reshape(pooled.Shape[1], pooled.Shape[2], pooled.Shape[3]);
    }
}
