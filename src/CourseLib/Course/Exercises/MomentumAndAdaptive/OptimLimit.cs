using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.MomentumAndAdaptive;

/// <summary>optim.limit: the largest rate at which Nesterov's momentum still converges (lecture cnn, "Метод моментов").</summary>
internal static class OptimLimit
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double>>(
        "optim.limit", "08-momentum-and-adaptive", Level.Medium, "how fast Nesterov may go", reference: (curvature, beta) =>
        {
            // z^2 - (1 + beta) q z + beta q = 0 with q = 1 - rate * curvature; the larger root leaves at z = -1: 1 + (1 + beta) q + beta q = 0
            double q = -1 / (1 + (2 * beta));
            return (1 - q) / curvature;
        })
    {
        Cases =
        [
            new("curvature 1, beta 0.5", f => f(1, 0.5), tolerance: 2e-3),
            new("curvature 4, beta 0.2", f => f(4, 0.2), tolerance: 2e-3),
            new("curvature 10, no momentum", f => f(10, 0), tolerance: 2e-3),
            new("curvature 0.5, beta 0.8", f => f(0.5, 0.8), tolerance: 2e-3),
        ],
        Ideas =
        [
            new("the limit of gradient descent", (curvature, beta) => 2 / curvature,
                "That is right without momentum. Try a slightly smaller rate at beta = 0.5: does |x| shrink?"),
            new("the limit without the look ahead", (curvature, beta) => 2 * (1 + beta) / curvature,
                "That is ordinary momentum's. The equation of section 2 has the factor 1 - rate * curvature in two places."),
            new("the limit of the effective rate", (curvature, beta) => 2 * (1 - beta) / curvature,
                "The effective rate describes a constant gradient. At the limit the gradient changes its sign at each step. Run a hundred steps with a larger rate."),
            new("the product of the roots alone", (curvature, beta) => (1 + (1 / Math.Max(beta, 1e-9))) / curvature,
                "When the product reaches 1 in size, are the roots complex and equal in size? If they are real, the larger one was there before."),
            new("the rate of the proof", (curvature, beta) => 1 / curvature,
                "With 1/L it converges, safely. How much larger may the rate be until |x| grows?"),
        ],
        Alternatives =
        [
            (curvature, beta) =>
            {
                (double low, double high) = (0, 10 / curvature);
                while (high - low > 1e-5 / curvature)
                {
                    double rate = (low + high) / 2, x = 1, u = 0;
                    for (int step = 0; step < 5000 && Math.Abs(x) < 1e6; step++)
                    {
                        u = (beta * u) + (rate * curvature * (x - (beta * u)));
                        x -= u;
                    }

                    (low, high) = Math.Abs(x) < 1 ? (rate, high) : (low, rate);
                }

                return low;
            },
        ],
        Hints =
        [
            "The roots of z^2 - (1 + beta)(1 - rate * curvature) z + beta (1 - rate * curvature) say how x shrinks. It converges as long as both are smaller than 1 in size.",
            "Beyond rate = 1 / curvature the roots are real, one of each sign, and the negative one is the larger. When does it pass -1? Put z = -1 into the equation.",
        ],
    };
}
