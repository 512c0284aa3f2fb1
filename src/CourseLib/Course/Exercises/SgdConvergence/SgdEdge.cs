using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.SgdConvergence;

/// <summary>sgd.edge: the largest rate of mini-batch SGD when one point suits all examples (lecture cnn, "Проблемы SGD").</summary>
internal static class SgdEdge
{
    public static Grader Grader { get; } = new Grader<Func<double[], int, double>>(
        "sgd.edge", "07-sgd-convergence", Level.Hard, "how fast may a batch go?", reference: (curvatures, m) =>
        {
            double mean = curvatures.Average(), variance = curvatures.Average(a => (a - mean) * (a - mean));
            // x is multiplied by 1 - h ā, ā the mean of the batch; E (1 - h ā)² = 1 - 2 h mean + h² (mean² + variance / m) must be below 1
            return 2 * mean / ((mean * mean) + (variance / m));
        })
    {
        Cases =
        [
            new("curvatures 1, 2, 3 and 6, single examples and batches of four", f => new[] { f([1, 2, 3, 6], 1), f([1, 2, 3, 6], 4) }),
            new("one example in five is steep", f => new[] { f([0.5, 0.5, 0.5, 0.5, 10], 1), f([0.5, 0.5, 0.5, 0.5, 10], 3), f([0.5, 0.5, 0.5, 0.5, 10], 100) }),
        ],
        Ideas =
        [
            new("the limit of gradient descent", (curvatures, m) => 2 / curvatures.Average(),
                "That is right for the whole data in each step. At this rate, what does a batch of steep examples do, and do the flat ones make up for it in the mean square?"),
            new("every example must converge alone", (curvatures, m) => 2 / curvatures.Max(),
                "That is safe, but more is possible: a steep example may throw x back now and then. What happens to the mean of the square?"),
            new("the batch is forgotten", (curvatures, m) => 2 * curvatures.Average() / curvatures.Average(a => a * a),
                "Right for m = 1. What is the mean square of the average of m draws?"),
            new("the second moment shrinks with the batch", (curvatures, m) => 2 * m * curvatures.Average() / curvatures.Average(a => a * a),
                "For m = 1 it is right. For a huge batch your limit grows for ever: what is the limit of gradient descent?"),
            new("the variance in place of the second moment", (curvatures, m) => 2 * m * curvatures.Average() / curvatures.Average(a => Math.Pow(a - curvatures.Average(), 2)),
                "If all curvatures were equal, your limit would be infinite. Is E ā² the variance of ā?"),
            new("the fastest rate instead of the largest", (curvatures, m) => curvatures.Average() / (Math.Pow(curvatures.Average(), 2) + (curvatures.Average(a => Math.Pow(a - curvatures.Average(), 2)) / m)),
                "With this rate it converges fastest. How much larger may the rate be until the mean square grows?"),
        ],
        Alternatives =
        [
            (curvatures, m) =>
            {
                double first = curvatures.Average(), second = curvatures.Average(a => a * a), low = 0, high = 4 / first;
                double batch = (second + ((m - 1) * first * first)) / m; // of m² pairs of draws m are the same draw
                while (high - low > 1e-9)
                {
                    double h = (low + high) / 2;
                    (low, high) = 1 - (2 * h * first) + (h * h * batch) < 1 ? (h, high) : (low, h);
                }

                return low;
            },
        ],
        Hints =
        [
            "One step multiplies the distance by 1 - h ā, where ā is the mean curvature of the batch. Square it, take the expectation: when is the factor below 1?",
            "E (1 - h ā)² = 1 - 2 h E ā + h² E ā². A mean of m independent draws has the variance of one, divided by m; the second moment is that plus the square of the mean.",
        ],
    };
}
