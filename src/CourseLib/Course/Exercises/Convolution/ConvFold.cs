using CourseLib.Autograd;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Convolution;

/// <summary>conv.fold: the backward pass of the table of windows, im2col (lecture cnn, "Свёрточные нейронные сети: идея": разобьём изображение на окна).</summary>
internal static class ConvFold
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, int, int, int, int, int, Tensor>>(
        "conv.fold", "14-convolution", Level.Medium, "from the table of windows back to the picture", reference: (g, channels, height, width, k, step) =>
        {
            Tensor picture = Tensor.Zeros(channels, height, width);
            int columns = ((width - k) / step) + 1; // windows in a row
            for (int n = 0; n < g.Shape[0]; n++)
            {
                for (int m = 0; m < g.Shape[1]; m++)
                {
                    (int c, int a, int e) = (m / (k * k), m / k % k, m % k);
                    picture[c, (n / columns * step) + a, (n % columns * step) + e] += g[n, m]; // every window of the pixel adds its share
                }
            }

            return picture;
        })
    {
        Cases =
        [
            new("windows side by side", f => Ask(f, 1, 4, 6, 2, 2)),
            new("windows that overlap, two channels", f => Ask(f, 2, 5, 5, 3, 1)),
            new("step 2, not square", f => Ask(f, 3, 7, 9, 3, 2)),
            new("a last row that no window sees", f => Ask(f, 2, 6, 8, 4, 3)),
        ],
        Ideas =
        [
            new("the last window wins", (g, channels, height, width, k, step) => Back(g, channels, height, width, k, step, sum: false),
                "A pixel that lies in four windows stands in the table four times. What does the chain rule do with four ways to the loss?"),
            new("the mean over a pixel's windows", (g, channels, height, width, k, step) => Back(g, channels, height, width, k, step) / Back(Tensor.Ones(g.Shape), channels, height, width, k, step).Maximum(Tensor.Full(1, channels, height, width)),
                "Make a pixel larger by a little: by how much do all the numbers of the table change together?"),
            new("the step forgotten", (g, channels, height, width, k, step) => Back(g, channels, height, width, k, step, apart: 1),
                "Where does the second window begin, and the second row of windows?"),
            new("rows and columns of a window swapped", (g, channels, height, width, k, step) => Back(g, channels, height, width, k, step, mirrored: true),
                "In the order (c, a, e) the last one runs fastest. Which way does it go in the picture?"),
            new("the channel runs fastest", (g, channels, height, width, k, step) => Back(g, channels, height, width, k, step, channelLast: true),
                "A row of the table has one channel after the other. Which numbers of it belong to channel 0?"),
            new("windows numbered downwards", (g, channels, height, width, k, step) => Back(g, channels, height, width, k, step, downwards: true),
                "Is the second row of the table the window to the right of the first, or the one below?"),
        ],
        Alternatives =
        [
            (g, channels, height, width, k, step) =>
            {
                Tensor x = Tensor.Zeros(1, channels, height, width).AsParameter();
                Functional.Unfold(x, k, step).Backward(g.Transpose().Reshape(1, g.Shape[1], g.Shape[0]));
                return x.Grad.Reshape(channels, height, width);
            },
        ],
        Hints =
        [
            "Go through the table as CutWindows of the notebook does. Where that reads a pixel, this writes to it; what if it has been written to before?",
            "Entry (n, m) belongs to window (n / columns, n % columns) and to channel m / (k k), row m / k % k, column m % k of it. Add it to its pixel.",
        ],
    };

    private static object? Ask(Func<Tensor, int, int, int, int, int, Tensor> answer, int channels, int height, int width, int k, int step) => answer(
        Tensor.RandN([(((height - k) / step) + 1) * (((width - k) / step) + 1), channels * k * k], new Generator(1)), channels, height, width, k, step);

    private static Tensor Back(Tensor g, int channels, int height, int width, int k, int step, bool sum = true, int apart = 0, bool mirrored = false, bool channelLast = false, bool downwards = false)
    {
        Tensor picture = Tensor.Zeros(channels, height, width);
        (int rows, int columns, int far) = (((height - k) / step) + 1, ((width - k) / step) + 1, apart == 0 ? step : apart);
        for (int n = 0; n < g.Shape[0]; n++)
        {
            (int i, int j) = downwards ? (n % rows, n / rows) : (n / columns, n % columns);
            for (int m = 0; m < g.Shape[1]; m++)
            {
                int c = channelLast ? m % channels : m / (k * k), at = channelLast ? m / channels : m % (k * k);
                (int a, int e) = mirrored ? (at % k, at / k) : (at / k, at % k);
                ref float pixel = ref picture[c, (i * far) + a, (j * far) + e];
                pixel = (sum ? pixel : 0) + g[n, m];
            }
        }

        return picture;
    }
}
