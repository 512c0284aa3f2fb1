using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.GradientDescent;

/// <summary>gd.smooth: what GD on shifted points follows on average (lecture intro, "Методы оптимизации").</summary>
internal static class GdSmooth
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double>>(
        "gd.smooth", "06-gradient-descent", Level.Hard, "the slope of a smoothed function", reference: (x, sigma) =>
        {
            double power = (4 * x * x * x) + (12 * sigma * sigma * x);   // E(x + σξ)⁴ = x⁴ + 6 σ² x² + 3 σ⁴
            double kept = Math.Exp(-Math.Pow(20 * sigma, 2) / 2);        // E cos 20(x + σξ) = kept · cos 20x
            return power - (0.5 * 20 * kept * Math.Sin(20 * x));
        })
    {
        Cases =
        [
            new("small shifts", answer => Ask(answer, 0.05)),
            new("smaller shifts", answer => Ask(answer, 0.02)),
            new("shifts that leave nothing of the ripple", answer => Ask(answer, 0.4)),
        ],
        Ideas =
        [
            new("no smoothing", (x, sigma) => Slope(x, 0, 1), "This is f' itself. What is its mean over ξ?"),
            new("only the ripple was smoothed", (x, sigma) => Slope(x, 0, Kept(20 * sigma)), "For the parabola of the notebook the shift adds a constant. Multiply out (x + s)⁴: which powers of s have a mean that is not 0, and does x stand beside them?"),
            new("only the power was smoothed", (x, sigma) => Slope(x, sigma, 1), "The cosine is averaged over shifts of 20 σ. What is left of it when they are longer than a wave?"),
            new("the shift is not stretched by 20", (x, sigma) => Slope(x, sigma, Kept(sigma)), "cos 20(x + σξ): by how much does the angle move?"),
            new("the half in the exponent forgotten", (x, sigma) => Slope(x, sigma, Math.Exp(-400 * sigma * sigma)), "Measure it: the mean of cos ξ over many numbers ξ of N(0, 1)."),
            new("the inner derivative forgotten", (x, sigma) => Slope(x, sigma, Kept(20 * sigma) / 20), "What is the derivative of cos 20x?"),
            new("the mean of ξ⁴ and ξ² mixed up", (x, sigma) => Slope(x, sigma * Math.Sqrt(3), Kept(20 * sigma)), "Which power of ξ stands beside x² when (x + σξ)⁴ is multiplied out? What is its mean?"),
        ],
        Alternatives =
        [
            (x, sigma) =>
            {
                double sum = 0;
                for (int i = -4000; i <= 4000; i++)
                {
                    double xi = 0.002 * i, at = x + (sigma * xi);
                    sum += 0.002 * Math.Exp(-xi * xi / 2) / Math.Sqrt(2 * Math.PI) * ((4 * at * at * at) - (10 * Math.Sin(20 * at)));
                }

                return sum;
            },
        ],
        Hints = ["Smooth both terms first, then differentiate by x. For the first you need that ξ and ξ³ have mean 0 and ξ² has mean 1; the second is as in section 3.", "E(x + σξ)⁴ = x⁴ + 6 σ² x² + 3 σ⁴; of the cosine a factor of e to the minus (20 σ)² / 2 is left."],
    };

    private static object? Ask(Func<double, double, double> answer, double sigma) => new[] { answer(0.31, sigma), answer(-0.8, sigma), answer(1.1, sigma) };

    private static double Kept(double shift) => Math.Exp(-shift * shift / 2);

    private static double Slope(double x, double sigma, double kept) => (4 * x * x * x) + (12 * sigma * sigma * x) - (10 * kept * Math.Sin(20 * x));
}
