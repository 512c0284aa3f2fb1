using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.MomentumAndAdaptive;

/// <summary>optim.limit: the largest rate at which momentum still converges (lecture intro, "Метод инерции, momentum").</summary>
internal static class OptimLimit
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double>>(
        "optim.limit", "08-momentum-and-adaptive", Level.Medium, "how fast momentum may go", reference: (curvature, beta) =>
        {
            // The root that reaches size 1 first does so at z = -1, where z^2 - (1 + beta) z + beta is
            double withoutRate = 1 + (1 + beta) + beta;
            return withoutRate / curvature; // and rate * curvature * z takes that away
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
                "That is right without momentum. Try a slightly larger rate at beta = 0.5: does |x| grow?"),
            new("the limit of the effective rate", (curvature, beta) => 2 * (1 - beta) / curvature,
                "The effective rate rate / (1 - beta) describes a constant gradient. At the limit the gradient changes its sign at each step. Is inertia a help or a hindrance then?"),
            new("the end of the complex roots", (curvature, beta) => Math.Pow(1 + Math.Sqrt(beta), 2) / curvature,
                "Beyond that rate the roots are real, of different size. How large is the larger one there: 1 already, or sqrt(beta)?"),
            new("the rate that is fastest", (curvature, beta) => (1 + beta) / curvature,
                "With this rate the middle term of the equation vanishes and |z| is sqrt(beta). How much larger may the rate be until |z| is 1?"),
            new("inertia counted twice", (curvature, beta) => 2 / (curvature * (1 - beta)),
                "Run a hundred steps with this rate. Put z = -1 into the equation for z: what does it say of the rate?"),
        ],
        Alternatives =
        [
            (curvature, beta) =>
            {
                (double low, double high) = (0, 10 / curvature);
                while (high - low > 1e-5 / curvature)
                {
                    double rate = (low + high) / 2, x = 1, v = 0;
                    for (int step = 0; step < 5000 && Math.Abs(x) < 1e6; step++)
                    {
                        v = (beta * v) - (rate * curvature * x);
                        x += v;
                    }

                    (low, high) = Math.Abs(x) < 1 ? (rate, high) : (low, rate);
                }

                return low;
            },
        ],
        Hints =
        [
            "The roots of z^2 - (1 + beta - rate * curvature) z + beta = 0 say how x shrinks. It converges as long as both are smaller than 1 in size.",
            "Their product is beta, so complex roots are harmless. Of two real ones the larger leaves at -1 when the rate is raised: put z = -1 into the equation.",
        ],
    };
}
