using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Batchnorm;

/// <summary>bn.backward: the backward pass of batch normalisation, "Не забыть взять производные!" (lecture perc, "Batchnorm").</summary>
internal static class BnBackward
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, double, (Tensor Dx, Tensor DGamma, Tensor DBeta)>>(
        "bn.backward", "12-batchnorm", Level.Hard, "the backward pass", reference: (dy, x, gamma, epsilon) =>
        {
            Tensor centred = x - x.Mean(0);
            Tensor root = (centred.Square().Mean(0) + epsilon).Sqrt();
            Tensor normalised = centred / root;
            Tensor dx = gamma / root * (dy - dy.Mean(0) - (normalised * (dy * normalised).Mean(0)));
            return (dx, (dy * normalised).Sum(0), dy.Sum(0));
        })
    {
        Cases =
        [
            new("a batch of six, gamma 1", f => f(Upper(6, 3), Batch(6, 3), Tensor.Ones(3), 1e-5)),
            new("gamma", f => f(Upper(8, 4), Batch(8, 4), Row(4), 1e-5)),
            new("an epsilon that matters", f => f(Upper(5, 2), Batch(5, 2) * 0.3, Row(2), 0.5)),
        ],
        Ideas =
        [
            new("mean instead of sum over the batch", (dy, x, gamma, epsilon) => (Inputs(dy, x, gamma, epsilon), (dy * Hat(x, epsilon)).Mean(0), dy.Mean(0)),
                "gamma and beta are shared by all examples. The loss changes through each of them: do the changes add up, or average?"),
            new("the statistics as constants", (dy, x, gamma, epsilon) => (Inputs(dy, x, gamma, epsilon, 0, 0), Scale(dy, x, epsilon), dy.Sum(0)),
                "Move one example: what else in the formula moves, beside this x? Section 3 shows what comes of it."),
            new("the way through the mean forgotten", (dy, x, gamma, epsilon) => (Inputs(dy, x, gamma, epsilon, 0), Scale(dy, x, epsilon), dy.Sum(0)),
                "A shift of the whole batch changes nothing. What does your dx add up to over the batch?"),
            new("the way through the variance forgotten", (dy, x, gamma, epsilon) => (Inputs(dy, x, gamma, epsilon, 1, 0), Scale(dy, x, epsilon), dy.Sum(0)),
                "A stretch of the whole batch changes (nearly) nothing. What is the sum of dx times the normalised numbers?"),
            new("sums where means belong", (dy, x, gamma, epsilon) => (Inputs(dy, x, gamma, epsilon, x.Shape[0], x.Shape[0]), Scale(dy, x, epsilon), dy.Sum(0)),
                "How much of the mean is one example's? Steps 4 and 6 have a factor that depends on the batch."),
            new("gamma forgotten", (dy, x, gamma, epsilon) => (Inputs(dy, x, Tensor.Ones(x.Shape[1]), epsilon), Scale(dy, x, epsilon), dy.Sum(0)),
                "Double gamma and y moves twice as much when x moves. Does your dx know?"),
            new("x where the normalised number belongs", (dy, x, gamma, epsilon) => (Inputs(dy, x, gamma, epsilon), (dy * x).Sum(0), dy.Sum(0)),
                "What does gamma multiply in the forward pass?"),
            new("forgotten epsilon", (dy, x, gamma, epsilon) => (Inputs(dy, x, gamma, 0), Scale(dy, x, 0), dy.Sum(0)),
                "What happens to a feature whose variance is nearly 0? Something under the root prevents it."),
        ],
        Alternatives =
        [
            (dy, x, gamma, epsilon) =>
            {
                int m = x.Shape[0];
                Tensor centred = x - x.Mean(0), root = (centred.Square().Mean(0) + epsilon).Sqrt(), inner = dy * gamma;
                Tensor dVariance = (inner * centred).Sum(0) / (root * root * root) * -0.5;
                Tensor dCentred = (inner / root) + (centred * dVariance * (2.0 / m));
                return (dCentred - dCentred.Mean(0), (dy * centred / root).Sum(0), dy.Sum(0));
            },
        ],
        Hints =
        [
            "Six small steps, backwards: the affine part, the division, the root, the variance, the centred numbers, the mean. Or the box at the end of section 7.",
            "The bracket of dx has three terms: dy, its mean over the batch, and the normalised numbers times a mean. Before it stands gamma over the root.",
        ],
    };

    private static Tensor Root(Tensor x, double epsilon) => ((x - x.Mean(0)).Square().Mean(0) + epsilon).Sqrt();

    private static Tensor Hat(Tensor x, double epsilon) => (x - x.Mean(0)) / Root(x, epsilon);

    private static Tensor Scale(Tensor dy, Tensor x, double epsilon) => (dy * Hat(x, epsilon)).Sum(0);

    private static Tensor Inputs(Tensor dy, Tensor x, Tensor gamma, double epsilon, double mean = 1, double variance = 1) => gamma / Root(x, epsilon)
        * (dy - (mean * dy.Mean(0)) - (variance * Hat(x, epsilon) * (dy * Hat(x, epsilon)).Mean(0)));

    private static Tensor Batch(int size, int features) => (Tensor.RandN([size, features], new Generator(1)) * 2) + 1;

    private static Tensor Upper(int size, int features) => Tensor.RandN([size, features], new Generator(2)) + 0.3;

    private static Tensor Row(int length) => Tensor.Rand([length], new Generator(3)) + 1.5;
}
