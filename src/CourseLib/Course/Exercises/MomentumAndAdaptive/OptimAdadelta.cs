using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.MomentumAndAdaptive;

/// <summary>optim.adadelta: an Adadelta that does not move, and then climbs (lecture perc, "RMSProp и Adadelta").</summary>
internal static class OptimAdadelta
{
    public static Grader Grader { get; } = new Grader<Func<Func<double, double>, double, double, double, int, double[]>>(
        "optim.adadelta", "08-momentum-and-adaptive", Level.Hard, "repair Adadelta", reference: (slope, w, rho, epsilon, steps) =>
        {
            double[] points = new double[steps];
            double squares = 0, updates = 0;
            for (int t = 0; t < steps; t++)
            {
                double g = slope(w);
                squares = (rho * squares) + ((1 - rho) * g * g);
                double u = -Math.Sqrt(updates + epsilon) / Math.Sqrt(squares + epsilon) * g;
                updates = (rho * updates) + ((1 - rho) * u * u);
                w += u;
                points[t] = w;
            }

            return points;
        })
    {
        Cases =
        [
            new("twenty steps on a parabola", f => f(w => 2 * w, 3, 0.9, 0.01, 20)),
            new("from the left", f => f(w => w, -2, 0.8, 0.001, 30)),
            new("a steep slope", f => f(w => 10 * (w - 1), 2, 0.95, 0.005, 15)),
        ],
        Ideas =
        [
            new("it does not move", (slope, w, rho, epsilon, steps) => [.. Enumerable.Repeat(w, steps)],
                "Print the first u. Which factor of it is 0 at the start, and how could it ever become anything else?"),
            new("it climbs, and G is a sum", (slope, w, rho, epsilon, steps) => Walk(slope, w, rho, epsilon, steps, sign: -1, part: 1),
                "It moves now. On a parabola |w| should become smaller. And under a constant gradient g, what should G tend to? There are two more mistakes."),
            new("it climbs", (slope, w, rho, epsilon, steps) => Walk(slope, w, rho, epsilon, steps, sign: -1),
                "The minus is in u already. What does the last line do with it?"),
            new("G is a sum, not a mean", (slope, w, rho, epsilon, steps) => Walk(slope, w, rho, epsilon, steps, part: 1),
                "Under a constant gradient g, what should G tend to, and what does it tend to here?"),
            new("U gathers gradients", (slope, w, rho, epsilon, steps) => Walk(slope, w, rho, epsilon, steps, ofGradients: true),
                "Which unit does U have to have, if u is to have the unit of w?"),
            new("epsilon outside the roots", (slope, w, rho, epsilon, steps) => Walk(slope, w, rho, epsilon, steps, outside: true),
                "That is Adam's place for epsilon. Section 5 has another: the first step's length is sqrt(epsilon / (1 - rho))."),
            new("U before the step", (slope, w, rho, epsilon, steps) => Walk(slope, w, rho, epsilon, steps, late: true),
                "Each update has to be in U before the next one is made. In which order does your loop do it?"),
        ],
        Alternatives =
        [
            (slope, w, rho, epsilon, steps) =>
            {
                List<double> points = [];
                for ((double squares, double updates) = (0, 0); points.Count < steps; points.Add(w))
                {
                    double g = slope(w);
                    squares += (1 - rho) * ((g * g) - squares);
                    double u = g * Math.Sqrt((updates + epsilon) / (squares + epsilon));
                    updates += (1 - rho) * ((u * u) - updates);
                    w -= u;
                }

                return [.. points];
            },
        ],
        Hints =
        [
            "Compare each line with the formulas of section 5. There are three mistakes: the first hides the other two, because nothing moves.",
            "What is under the first root when U is 0? Is G a running mean, as U is? And the sign: u has its minus inside.",
        ],
    };

    private static double[] Walk(
        Func<double, double> slope, double w, double rho, double epsilon, int steps, int sign = 1, double? part = null, bool ofGradients = false, bool outside = false, bool late = false)
    {
        double[] points = new double[steps];
        double squares = 0, updates = 0, before = 0;
        for (int t = 0; t < steps; t++)
        {
            double g = slope(w);
            squares = (rho * squares) + ((part ?? (1 - rho)) * g * g);
            double size = late ? before : updates;
            double u = -g * (outside ? (Math.Sqrt(size) + epsilon) / (Math.Sqrt(squares) + epsilon) : Math.Sqrt((size + epsilon) / (squares + epsilon)));
            before = updates;
            updates = (rho * updates) + ((1 - rho) * (ofGradients ? g * g : u * u));
            w += sign * u;
            points[t] = w;
        }

        return points;
    }
}
