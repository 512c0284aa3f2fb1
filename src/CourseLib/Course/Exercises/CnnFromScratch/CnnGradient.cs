using CourseLib.Autograd;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.CnnFromScratch;

/// <summary>cnn.gradient: back through max-pooling and ReLU in one go (lecture cnn, "CNN формально").</summary>
internal static class CnnGradient
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor>>(
        "cnn.gradient", "15-cnn-from-scratch", Level.Medium, "back through pooling and ReLU", reference: (y, above) =>
        {
            Tensor dy = Tensor.Zeros(y.Shape);
            for (int i = 0; i < above.Shape[0]; i++)
            {
                for (int j = 0; j < above.Shape[1]; j++)
                {
                    (int row, int column) = (2 * i, 2 * j);
                    for (int a = 0; a < 2; a++)
                    {
                        for (int e = 0; e < 2; e++)
                        {
                            (row, column) = y[(2 * i) + a, (2 * j) + e] > y[row, column] ? ((2 * i) + a, (2 * j) + e) : (row, column);
                        }
                    }

                    dy[row, column] = y[row, column] > 0 ? above[i, j] : 0; // h(max) has slope 1 or 0
                }
            }

            return dy;
        })
    {
        Cases =
        [
            new("a map of 4 x 6", answer => answer(Map(4, 6, 1), Map(2, 3, 2))),
            new("a map with few positive numbers", answer => answer(Map(6, 6, 3) - 0.8, Map(3, 3, 4))),
            new("7 x 7: the last row and column are in no window", answer => answer(Map(7, 7, 5), Map(3, 3, 6))),
        ],
        Ideas =
        [
            new("the ReLU forgotten", (y, above) => Spread(y, above, (value, largest, gradient) => value == largest ? gradient : 0),
                "All four numbers of a window are negative: what comes out of the block, and what if the largest of them grows a little?"),
            new("to every positive number of the window", (y, above) => Spread(y, above, (value, largest, gradient) => value > 0 ? gradient : 0),
                "That is the ReLU's part. Add a little to the second largest number of a window: does the block's output notice?"),
            new("shared among the window", (y, above) => Spread(y, above, (value, largest, gradient) => value > 0 ? gradient / 4 : 0),
                "So does the average. How much of the output comes from each of the four numbers when the largest is taken?"),
            new("the ReLU asked for the sign of the gradient", (y, above) => Spread(y, above, (value, largest, gradient) => value == largest && gradient > 0 ? gradient : 0),
                "A gradient may have any sign. Whose sign decides whether a ReLU is open?"),
            new("multiplied by the value", (y, above) => Spread(y, above, (value, largest, gradient) => value == largest && value > 0 ? gradient * value : 0),
                "What is the slope of max(0, y) where y is 3? And where it is 5?"),
        ],
        Alternatives =
        [
            (y, above) =>
            {
                Tensor leaf = y.Clone().AsParameter();
                Tensor pooled = Functional.MaxPool2d(leaf.Relu().Reshape(1, 1, y.Shape[0], y.Shape[1]), 2);
                (pooled.Reshape(above.Shape[0], above.Shape[1]) * above).Sum().Backward();
                return leaf.Grad;
            },
        ],
        Hints =
        [
            "Write one window as a function of its four numbers: h(max(y1, y2, y3, y4)). Which of its four partial derivatives are not 0, and when?",
            "For each window find the place of its largest number. Only there, and only if that number is positive, stands the gradient from above.",
        ],
    };

    private static Tensor Map(int rows, int columns, ulong seed) => Tensor.RandN([rows, columns], new Generator(seed));

    // What each number of a window gets: from its value, the window's largest and the gradient above.
    private static Tensor Spread(Tensor y, Tensor above, Func<float, float, float, float> share)
    {
        Tensor dy = Tensor.Zeros(y.Shape);
        for (int place = 0; place < above.Length * 4; place++)
        {
            (int i, int j) = (place / 4 / above.Shape[1], place / 4 % above.Shape[1]);
            float largest = Math.Max(Math.Max(y[2 * i, 2 * j], y[2 * i, (2 * j) + 1]), Math.Max(y[(2 * i) + 1, 2 * j], y[(2 * i) + 1, (2 * j) + 1]));
            (int row, int column) = ((2 * i) + (place / 2 % 2), (2 * j) + (place % 2));
            dy[row, column] = share(y[row, column], largest, above[i, j]);
        }

        return dy;
    }
}
