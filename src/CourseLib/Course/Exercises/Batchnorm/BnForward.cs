using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Batchnorm;

/// <summary>bn.forward: the forward pass of batch normalisation (lecture perc, "Batchnorm").</summary>
internal static class BnForward
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, double, Tensor>>(
        "bn.forward", "12-batchnorm", Level.Easy, "the normalised batch", reference: (x, gamma, beta, epsilon) =>
        {
            Tensor mean = x.Mean(0), centred = x - mean;
            Tensor variance = centred.Square().Mean(0);
            return (gamma * centred / (variance + epsilon).Sqrt()) + beta;
        })
    {
        Cases =
        [
            new("a batch of eight, gamma 1, beta 0", f => f(Batch(1), Tensor.Ones(3), Tensor.Zeros(3), 1e-5)),
            new("gamma and beta", f => f(Batch(2), Row(3), Row(4), 1e-5)),
            new("an epsilon that matters", f => f(Batch(5) * 0.1, Row(3), Row(4), 0.5)),
        ],
        Ideas =
        [
            new("statistics of each example", (x, gamma, beta, epsilon) => (gamma * (x - x.Mean(1, keepDim: true)) / ((x - x.Mean(1, keepDim: true)).Square().Mean(1, keepDim: true) + epsilon).Sqrt()) + beta,
                "BatchNorm takes mean and variance over the batch, one for each feature. Which dimension is the batch?"),
            new("the unbiased variance", (x, gamma, beta, epsilon) => (gamma * (x - x.Mean(0)) / (((x - x.Mean(0)).Square().Sum(0) / (x.Shape[0] - 1)) + epsilon).Sqrt()) + beta,
                "In training the batch's variance is divided by m, not by m - 1."),
            new("forgotten epsilon", (x, gamma, beta, epsilon) => (gamma * (x - x.Mean(0)) / (x - x.Mean(0)).Square().Mean(0).Sqrt()) + beta,
                "What happens to a feature whose variance is nearly 0?"),
            new("divided by the variance", (x, gamma, beta, epsilon) => (gamma * (x - x.Mean(0)) / ((x - x.Mean(0)).Square().Mean(0) + epsilon)) + beta,
                "The result should have standard deviation 1. What is it now?"),
        ],
        Alternatives = [(x, gamma, beta, epsilon) => ((x - x.Mean(0)) * (gamma / ((x.Square().Mean(0) - x.Mean(0).Square()) + epsilon).Sqrt())) + beta],
        Hints = ["Four steps: the mean of each feature, the centred batch, its variance, the quotient.", "x.Mean(0) is the mean over the batch; broadcasting subtracts it from every row."],
    };

    private static Tensor Batch(ulong seed) => (Tensor.RandN([8, 3], new Generator(seed)) * 2) + 1;

    private static Tensor Row(ulong seed) => Tensor.RandN([3], new Generator(seed));
}
