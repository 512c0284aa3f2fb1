using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Regularization;

/// <summary>reg.dropout: what dropout does to a regression on average (lecture lbd, "Принцип работы (PyTorch)").</summary>
internal static class RegDropout
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, double, Tensor>>(
        "reg.dropout", "11-regularization", Level.Medium, "the gradient of dropout, without coins", reference: (x, y, w, p) =>
        {
            int n = x.Shape[0], d = x.Shape[1];
            // The mean over the coins of (z - y)² is (xw - y)², the square of the mean, plus the variance p / (1 - p) Σ w² x².
            Tensor error = x.MatMul(w.Reshape(d, 1)) - y.Reshape(n, 1);
            Tensor fit = x.Transpose().MatMul(error).Reshape(d) * (2.0 / n);
            return fit + (w * x.Square().Mean(0) * (2 * p / (1 - p)));
        })
    {
        Cases =
        [
            new("twenty examples, p = 0.5", answer => Ask(answer, 20, 4, 0.5, 1)),
            new("p = 0.2", answer => Ask(answer, 30, 3, 0.2, 4)),
            new("one example, p = 0.8", answer => Ask(answer, 1, 5, 0.8, 7)),
        ],
        Ideas =
        [
            new("dropout changes nothing on average", (x, y, w, p) => Fit(x, y, w), "The mean of z is as without coins. Is the mean of a square the square of the mean?"),
            new("the variance of the coins without the scaling", (x, y, w, p) => Fit(x, y, w) + (2 * p * (1 - p) * Own(x, w)), "What stays is multiplied by 1/(1 - p). By what is its variance multiplied?"),
            new("one factor 1/(1 - p) is forgotten", (x, y, w, p) => Fit(x, y, w) + (2 * p * Own(x, w)), "Compute the variance of m/(1 - p) for p = 0.8, from its two values and their chances."),
            new("the paper's coins, without the scaling", (x, y, w, p) => (2 * (1 - p) * Slope(x, y, w * (1 - p))) + (2 * p * (1 - p) * Own(x, w)), "That is the other convention. Here what stays is multiplied by 1/(1 - p): what is the mean of z?"),
            new("the sum over the examples", (x, y, w, p) => x.Shape[0] * (Fit(x, y, w) + (2 * p / (1 - p) * Own(x, w))), "With one example it is right. What does the mean squared error do with twenty?"),
            new("the fit is a mean, the penalty a sum over the examples", (x, y, w, p) => Fit(x, y, w) + (2 * p / (1 - p) * x.Shape[0] * Own(x, w)), "With one example it is right. Every example brings a variance: are they added up or averaged?"),
            new("the same penalty for all weights", (x, y, w, p) => Fit(x, y, w) + (2 * p / (1 - p) * x.Square().Mean() * w), "An input that is nearly always 0: how much noise does dropping it make?"),
            new("the 2 of the square is missing in the penalty", (x, y, w, p) => Fit(x, y, w) + (p / (1 - p) * Own(x, w)), "The penalty is a square of w as well. What is its derivative?"),
        ],
        Alternatives =
        [
            (x, y, w, p) =>
            {
                Tensor weights = w.Clone().AsParameter();
                Tensor squares = (x.MatMul(weights.Reshape(-1, 1)).Reshape(-1) - y).Square();
                Tensor variances = (x * weights).Square().Sum(1) * (p / (1 - p));
                (squares + variances).Mean().Backward();
                return weights.Grad;
            },
        ],
        Hints = ["First the mean of (z - y)² for one example, z being random: a square of the mean and a variance. Section 3 has both for such a z.", "The loss without coins is the mean over the examples of (xw - y)² plus p / (1 - p) times the sum of w² x². Differentiate by each weight."],
    };

    private static object? Ask(Func<Tensor, Tensor, Tensor, double, Tensor> answer, int examples, int inputs, double p, ulong seed)
    {
        Tensor scales = Tensor.Linspace(0.3, 2, inputs); // inputs of different size
        return answer(Tensor.RandN([examples, inputs], new Generator(seed)) * scales, Tensor.RandN([examples], new Generator(seed + 1)), Tensor.RandN([inputs], new Generator(seed + 2)), p);
    }

    private static Tensor Slope(Tensor x, Tensor y, Tensor w) => x.Transpose().MatMul(x.MatMul(w.Reshape(-1, 1)) - y.Reshape(-1, 1)).Reshape(-1) / x.Shape[0];

    private static Tensor Fit(Tensor x, Tensor y, Tensor w) => 2 * Slope(x, y, w);

    private static Tensor Own(Tensor x, Tensor w) => x.Square().Mean(0) * w;
}
