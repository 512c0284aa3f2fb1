using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.SgdConvergence;

/// <summary>sgd.schedule: the rates that bring SGD nearest to the optimum (lecture cnn, "Стохастический градиентный спуск").</summary>
internal static class SgdSchedule
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double, int, double[]>>(
        "sgd.schedule", "07-sgd-convergence", Level.Medium, "the best rate of every step", reference: (curvature, sigma, distance, steps) =>
        {
            double[] rates = new double[steps];
            double square = distance * distance; // E (x_k - x*)²
            for (int k = 0; k < steps; k++)
            {
                // (1 - h curvature)² square + h² sigma² is least where its derivative by h is 0
                double h = curvature * square / ((curvature * curvature * square) + (sigma * sigma));
                square = (Math.Pow(1 - (h * curvature), 2) * square) + (h * h * sigma * sigma);
                rates[k] = h;
            }

            return rates;
        })
    {
        Cases =
        [
            new("curvature 1, noise 1, twenty steps from 3", f => f(1, 1, 3, 20)),
            new("curvature 4, noise 2, ten steps from 0.7", f => f(4, 2, 0.7, 10)),
            new("curvature 0.1, noise 0.5, thirty steps from 2", f => f(0.1, 0.5, 2, 30)),
        ],
        Ideas =
        [
            new("the same rate for every step", (curvature, sigma, distance, steps) => Rates(curvature, sigma * sigma, distance * distance, steps, still: true),
                "The first rate is right. After that step the distance is another: is the same rate still the best?"),
            new("the noise is left out of the new distance", (curvature, sigma, distance, steps) => Rates(curvature, sigma * sigma, distance * distance, steps, silent: true),
                "The first rate is right. What does the step add to the mean square distance, and what does it take away?"),
            new("the deviation in place of the variance", (curvature, sigma, distance, steps) => Rates(curvature, sigma, distance * distance, steps),
                "sigma is a standard deviation. What is the mean square of the noise?"),
            new("the distance in place of its square", (curvature, sigma, distance, steps) => Rates(curvature, sigma * sigma, distance, steps),
                "The recursion carries a mean square. What is it before the first step?"),
            new("a factor 2 lost", (curvature, sigma, distance, steps) => Rates(curvature, sigma * sigma, distance * distance, steps, factor: 0.5),
                "Differentiate by h once more. Without noise, one step should arrive: with which rate?"),
            new("the curvature is lost", (curvature, sigma, distance, steps) => Rates(curvature, sigma * sigma, distance * distance, steps, plain: true),
                "Without noise, one step should arrive. With which rate, if the curvature is 4?"),
            new("one step late", (curvature, sigma, distance, steps) => [.. Rates(curvature, sigma * sigma, distance * distance, steps + 1).Skip(1)],
                "Your first rate is the second one. Which distance does the first step start from?"),
        ],
        Alternatives =
        [
            (curvature, sigma, distance, steps) => [.. Enumerable.Range(1, steps)
                .Select(k => curvature / ((curvature * curvature * k) + (sigma * sigma / (distance * distance))))],
        ],
        Hints =
        [
            "Write down (2) for this function: with e for the mean square distance, the next one is a parabola in h. Where is it least?",
            "The derivative by h is -2 curvature (1 - h curvature) e + 2 h sigma². Set it to 0; put that h into the parabola for the next e; repeat.",
        ],
    };

    private static double[] Rates(
        double curvature, double variance, double square, int steps, bool still = false, bool silent = false, bool plain = false, double factor = 1)
    {
        double[] rates = new double[steps];
        for (int k = 0; k < steps; k++)
        {
            double slope = plain ? 1 : curvature, h = factor * slope * square / ((slope * slope * square) + variance);
            double next = (Math.Pow(1 - (h * slope), 2) * square) + (silent ? 0 : h * h * variance);
            rates[k] = h;
            square = still ? square : next;
        }

        return rates;
    }
}
