using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Batchnorm;

/// <summary>bn.running: a normalisation whose evaluation mode is broken in three places (lecture perc, "Итоги").</summary>
internal static class BnRunning
{
    public static Grader Grader { get; } = new Grader<Func<Tensor[], Tensor, double, Tensor>>(
        "bn.running", "12-batchnorm", Level.Medium, "repair the evaluation mode", reference: (batches, question, p) =>
        {
            Tensor mean = Tensor.Zeros(question.Shape[1]), variance = Tensor.Ones(question.Shape[1]);
            foreach (Tensor batch in batches)
            {
                mean = ((1 - p) * mean) + (p * batch.Mean(0));
                variance = ((1 - p) * variance) + (p * batch.Variance(0, unbiased: true));
            }

            return (question - mean) / (variance + 1e-5).Sqrt();
        })
    {
        Cases =
        [
            new("five batches of four, a question of three examples", f => f(Batches(5, 4), Examples(3, 90), 0.1)),
            new("a question of one example", f => f(Batches(8, 6), Examples(1, 91), 0.1)),
            new("another momentum", f => f(Batches(3, 3), Examples(4, 92), 0.3)),
        ],
        Ideas =
        [
            new("the question's own statistics", (batches, question, p) => Answer(question.Mean(0), question.Variance(0), question),
                "What does it answer to a question of one example? Which statistics has the layer gathered, and who uses them?"),
            new("momentum the wrong way round, and the biased variance", (batches, question, p) => Running(batches, question, 1 - p, unbiased: false),
                "One of three is mended. Now let p be 0.001: should the running mean follow each batch, or hardly notice it? There is a third one, too: take batches of two examples."),
            new("momentum the wrong way round", (batches, question, p) => Running(batches, question, 1 - p, unbiased: true),
                "Let p be 0.001: should the running mean follow each batch, or hardly notice it?"),
            new("the biased variance is gathered", (batches, question, p) => Running(batches, question, p, unbiased: false),
                "The running variance estimates that of all data. Draw many batches of two numbers with variance 1: what is the mean of their variances over m?"),
            new("the standard deviation forgotten", (batches, question, p) => question - RunningMean(batches, p),
                "The mean is right. How wide are the numbers?"),
        ],
        Alternatives =
        [
            (batches, question, p) =>
            {
                Tensor mean = Tensor.Zeros(question.Shape[1]), variance = Tensor.Ones(question.Shape[1]);
                foreach (Tensor batch in batches)
                {
                    Tensor centred = batch - batch.Mean(0);
                    mean += (batch.Mean(0) - mean) * p;
                    variance += ((centred.Square().Sum(0) / (batch.Shape[0] - 1)) - variance) * p;
                }

                return (question - mean) / (variance + 1e-5).Sqrt();
            },
        ],
        Hints =
        [
            "Compare each line with the formulas of section 8, the sentence about m - 1 included. There are three mistakes; two of them do not show before the third is mended.",
            "The last line has to use what the loop has gathered. In the loop: how much of the new batch, and divided by what?",
        ],
    };

    private static Tensor RunningMean(Tensor[] batches, double p) => batches.Aggregate(Tensor.Zeros(2), (mean, batch) => ((1 - p) * mean) + (p * batch.Mean(0)));

    private static Tensor Running(Tensor[] batches, Tensor question, double p, bool unbiased) => Answer(
        RunningMean(batches, p), batches.Aggregate(Tensor.Ones(2), (variance, batch) => ((1 - p) * variance) + (p * batch.Variance(0, unbiased: unbiased))), question);

    private static Tensor Answer(Tensor mean, Tensor variance, Tensor question) => (question - mean) / (variance + 1e-5).Sqrt();

    private static Tensor[] Batches(int count, int size) => [.. Enumerable.Range(1, count).Select(seed => Examples(size, (ulong)seed))];

    private static Tensor Examples(int count, ulong seed) => (Tensor.RandN([count, 2], new Generator(seed)) * 3) + 2;
}
