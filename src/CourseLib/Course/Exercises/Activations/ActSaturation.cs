using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Activations;

/// <summary>act.saturation: how large weights may be until one tanh in ten saturates (lecture perc, "tanh").</summary>
internal static class ActSaturation
{
    public static Grader Grader { get; } = new Grader<Func<double>>(
        "act.saturation", "02-activations", Level.Medium, "weights that saturate one tanh in ten", reference: () =>
        {
            Generator random = new(1);
            Tensor inputs = Tensor.RandN([400, 100], random), weights = Tensor.RandN([100, 400], random);
            Tensor z = inputs.MatMul(weights); // with weights of standard deviation s it is s z
            double low = 0, high = 1;
            while (high - low > 1e-4)
            {
                double s = (low + high) / 2;
                Tensor slope = 1 - (s * z).Tanh().Square();
                int saturated = slope.ToArray().Count(value => value < 0.01);
                (low, high) = saturated < 0.1 * z.Length ? (s, high) : (low, s);
            }

            return low;
        })
    {
        Cases = [new("the standard deviation at which 10% are saturated", answer => answer(), tolerance: 0.04)],
        Ideas =
        [
            new("the sigmoid's limit", () => 4.585 / (10 * Quantile), "tanh is flat sooner than the sigmoid. Where does its slope fall under 0.01?"),
            new("only the units on the right", () => TanhEnd / (10 * 1.2816), "A unit may saturate on two sides. Did you count both?"),
            new("the variance instead of the standard deviation", () => Math.Pow(TanhEnd / (10 * Quantile), 2), "What you found is s². What was asked for?"),
            new("the size of z instead of the weights", () => TanhEnd / Quantile, "That is the standard deviation of z. How many inputs are added up in it?"),
            new("the inputs counted without the root", () => TanhEnd / (100 * Quantile), "Variances add up. How does the standard deviation of a sum of 100 numbers grow?"),
            new("half of the units", () => TanhEnd / (10 * 0.6745), "At this s every second unit is saturated. How many may be?"),
        ],
        Alternatives = [() => TanhEnd / (10 * Quantile)],
        Hints =
        [
            "Draw inputs and weights once from N(0, 1), and multiply them. With weights s times as large z is s times as large, so try many s on the same numbers.",
            "The share of saturated units grows with s. Halve the interval between an s with too few and one with too many until it is short.",
        ],
    };

    // 2 Phi(-q) = 0.1
    private const double Quantile = 1.6449;

    private static double TanhEnd => Math.Atanh(Math.Sqrt(0.99));
}
