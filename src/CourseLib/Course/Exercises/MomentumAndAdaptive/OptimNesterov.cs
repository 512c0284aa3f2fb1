using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.MomentumAndAdaptive;

/// <summary>optim.nesterov: gradient descent with Nesterov's momentum (lecture cnn, "Метод моментов").</summary>
internal static class OptimNesterov
{
    public static Grader Grader { get; } = new Grader<Func<Func<double, double>, double, double, double, int, double[]>>(
        "optim.nesterov", "08-momentum-and-adaptive", Level.Easy, "look where you are going", reference: (slope, x, rate, gamma, steps) =>
        {
            double[] points = new double[steps];
            double u = 0;
            for (int t = 0; t < steps; t++)
            {
                u = (gamma * u) + (rate * slope(x - (gamma * u)));
                x -= u;
                points[t] = x;
            }

            return points;
        })
    {
        Cases =
        [
            new("ten steps on a parabola", f => f(x => 2 * x, 1, 0.1, 0.8, 10)),
            new("thirty steps on a hilly slope", f => f(x => x + (2 * Math.Cos(3 * x)), 2, 0.05, 0.7, 30)),
            new("no momentum", f => f(x => 2 * x, 3, 0.2, 0, 4)),
        ],
        Ideas =
        [
            new("momentum without the look ahead", (slope, x, rate, gamma, steps) => Walk(slope, x, rate, gamma, steps, ahead: 0),
                "This is ordinary momentum. Where will inertia have carried the point? The gradient is taken there."),
            new("looked back instead of ahead", (slope, x, rate, gamma, steps) => Walk(slope, x, rate, gamma, steps, ahead: -1),
                "x - u is the next point. Which sign does u have on its way there?"),
            new("the whole step ahead", (slope, x, rate, gamma, steps) => Walk(slope, x, rate, gamma, steps, ahead: 1 / Math.Max(gamma, 1e-9)),
                "How much of the old step does inertia still make?"),
            new("the points ahead are returned", (slope, x, rate, gamma, steps) => Walk(slope, x, rate, gamma, steps, ahead: 1, shown: gamma),
                "These are the points where a library keeps its weights and takes the gradient. Asked are the points x behind them."),
            new("the fresh gradient without its rate", (slope, x, rate, gamma, steps) => Walk(slope, x, rate, gamma, steps, ahead: 1, share: 1 / rate),
                "The steps are huge. What stands before the gradient in the u-form?"),
            new("an average instead of a sum", (slope, x, rate, gamma, steps) => Walk(slope, x, rate, gamma, steps, ahead: 1, share: 1 - gamma),
                "1 - gamma before the gradient is Adam's way to average. The lecture's u adds up."),
        ],
        Alternatives =
        [
            (slope, x, rate, gamma, steps) =>
            {
                List<double> points = [x];
                for (double ahead = x; points.Count <= steps; ahead = points[^1] + (gamma * (points[^1] - points[^2])))
                {
                    points.Add(ahead - (rate * slope(ahead)));
                }

                return [.. points.Skip(1)];
            },
        ],
        Hints = ["Only one thing differs from momentum: the place at which slope is called.", "Inertia alone would carry x to x - gamma u. Ask the slope there, but make the step from x."],
    };

    private static double[] Walk(Func<double, double> slope, double x, double rate, double gamma, int steps, double ahead, double shown = 0, double share = 1)
    {
        double[] points = new double[steps];
        double u = 0;
        for (int t = 0; t < steps; t++)
        {
            u = (gamma * u) + (share * rate * slope(x - (ahead * gamma * u)));
            x -= u;
            points[t] = x - (shown * u);
        }

        return points;
    }
}
