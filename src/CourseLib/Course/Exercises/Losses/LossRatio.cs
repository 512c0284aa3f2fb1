using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.Losses;

/// <summary>loss.ratio: the constant that the squared error of logarithms chooses (lecture init, "Задачи и функции потерь").</summary>
internal static class LossRatio
{
    public static Grader Grader { get; } = new Grader<Func<double[], double>>(
        "loss.ratio", "04-losses", Level.Easy, "the best constant for ratios", reference: targets =>
        {
            // The derivative by p, Σ 2 (ln p - ln t)/p, is 0 when ln p is the mean of the ln t.
            double meanOfLogs = targets.Average(t => Math.Log(t));
            return Math.Exp(meanOfLogs);
        })
    {
        Cases =
        [
            new("50 and 200", f => f([50, 200])),
            new("five prices", f => f([3, 90, 12, 7, 1500])),
            new("shares below 1", f => f([0.5, 0.02, 0.3])),
        ],
        Ideas =
        [
            new("the mean", targets => targets.Average(),
                "The mean is the best constant for (p - t)². What takes the places of p and t here?"),
            new("the median", targets => (targets.Order().ElementAt((targets.Length - 1) / 2) + targets.Order().ElementAt(targets.Length / 2)) / 2,
                "The median is the answer to absolute errors. Set the derivative of this loss to zero."),
            new("the mean of the logarithms", targets => targets.Average(t => Math.Log(t)),
                "For 50 and 200 something between them is expected. Which quantity did you find the best constant of?"),
            new("the logarithm of the mean", targets => Math.Log(targets.Average()),
                "For 50 and 200 something between them is expected. And where does the logarithm stand in the loss, inside the mean or outside?"),
            new("the harmonic mean", targets => targets.Length / targets.Sum(t => 1 / t),
                "The 1/p of the derivative is the same in all terms. What is left when it is divided away?"),
        ],
        Alternatives = [targets => Math.Pow(targets.Aggregate(1.0, (product, t) => product * t), 1.0 / targets.Length)],
        Hints = ["Call q = ln p and s_i = ln t_i. What does the loss look like in q, and which q is its minimum?", "q is the mean of the s_i. Which p belongs to that q?"],
    };
}
