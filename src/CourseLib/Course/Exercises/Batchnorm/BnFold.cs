using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Batchnorm;

/// <summary>bn.fold: a linear layer and the frozen normalisation behind it as one linear layer (lecture perc, "Итоги").</summary>
internal static class BnFold
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, double, (Tensor Weight, Tensor Bias)>>(
        "bn.fold", "12-batchnorm", Level.Medium, "two layers in one", reference: (weight, bias, mean, variance, gamma, beta, epsilon) =>
        {
            Tensor scale = gamma / (variance + epsilon).Sqrt(); // one number for each output
            return (weight * scale.Reshape(-1, 1), ((bias - mean) * scale) + beta);
        })
    {
        Cases =
        [
            new("three inputs, three outputs", f => f(Weight(3, 3), Row(3, 2), Row(3, 3), Positive(3, 4), Row(3, 5), Row(3, 6), 1e-5)),
            new("five inputs, two outputs", f => f(Weight(2, 5), Row(2, 7), Row(2, 8), Positive(2, 9), Row(2, 10), Row(2, 11), 1e-5)),
            new("an epsilon that matters", f => f(Weight(4, 2), Row(4, 12), Row(4, 13), Positive(4, 14), Row(4, 15), Row(4, 16), 0.5)),
        ],
        Ideas =
        [
            new("inputs scaled instead of outputs", (weight, bias, mean, variance, gamma, beta, epsilon) => (weight * Scale(gamma, variance, epsilon), ((bias - mean) * Scale(gamma, variance, epsilon)) + beta),
                "A row of W makes one output. Which numbers of W belong to the output that gamma[k] scales?"),
            new("the old bias goes through unscaled", (weight, bias, mean, variance, gamma, beta, epsilon) => (weight * Scale(gamma, variance, epsilon).Reshape(-1, 1), bias - (mean * Scale(gamma, variance, epsilon)) + beta),
                "The normalisation sees x W^T + b as one number. What happens to its part b?"),
            new("the running mean forgotten", (weight, bias, mean, variance, gamma, beta, epsilon) => (weight * Scale(gamma, variance, epsilon).Reshape(-1, 1), (bias * Scale(gamma, variance, epsilon)) + beta),
                "Put x = 0 through both layers, one after the other. Which of the six vectors meet b on its way?"),
            new("the old bias forgotten", (weight, bias, mean, variance, gamma, beta, epsilon) => (weight * Scale(gamma, variance, epsilon).Reshape(-1, 1), beta - (mean * Scale(gamma, variance, epsilon))),
                "A bias before a normalisation with the batch's mean is useless. Here the mean is a frozen number. Does b still cancel?"),
            new("divided by the variance", (weight, bias, mean, variance, gamma, beta, epsilon) => (weight * (gamma / (variance + epsilon)).Reshape(-1, 1), ((bias - mean) * (gamma / (variance + epsilon))) + beta),
                "Which power of the variance has the unit of x?"),
            new("forgotten epsilon", (weight, bias, mean, variance, gamma, beta, epsilon) => (weight * Scale(gamma, variance, 0).Reshape(-1, 1), ((bias - mean) * Scale(gamma, variance, 0)) + beta),
                "The layer that you replace has something under its root besides the variance."),
        ],
        Alternatives =
        [
            (weight, bias, mean, variance, gamma, beta, epsilon) =>
            {
                Tensor root = (variance + epsilon).Sqrt();
                return (weight * gamma.Reshape(-1, 1) / root.Reshape(-1, 1), (bias * gamma / root) + (beta - (mean * gamma / root)));
            },
        ],
        Hints =
        [
            "Write y = gamma (x W^T + b - mean) / s + beta for one output, and collect what stands before x and what does not.",
            "One scale for each output, gamma / sqrt(variance + epsilon). It multiplies a row of W, and b - mean.",
        ],
    };

    private static Tensor Scale(Tensor gamma, Tensor variance, double epsilon) => gamma / (variance + epsilon).Sqrt();

    private static Tensor Weight(int outputs, int inputs) => Tensor.RandN([outputs, inputs], new Generator(1));

    private static Tensor Row(int length, ulong seed) => Tensor.RandN([length], new Generator(seed)) + 0.5;

    private static Tensor Positive(int length, ulong seed) => Tensor.Rand([length], new Generator(seed)) + 0.2;
}
