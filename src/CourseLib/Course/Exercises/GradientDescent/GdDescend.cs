using CourseLib.Analysis;
using CourseLib.Course.Grading;
using CourseLib.Optimizers.Descent;

namespace CourseLib.Course.Exercises.GradientDescent;

/// <summary>gd.descend: gradient descent on a bowl (lectures intro, "Градиентный спуск (GD)", and cnn, "Градиентный спуск").</summary>
internal static class GdDescend
{
    public static Grader Grader { get; } = new Grader<Func<double[,], double[], double[], double, int, double[]>>(
        "gd.descend", "06-gradient-descent", Level.Easy, "the point after some steps", reference: (a, b, x, rate, steps) =>
        {
            int n = x.Length;
            for (int step = 0; step < steps; step++)
            {
                double[] gradient = new double[n]; // all of it before x moves
                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        gradient[i] += a[i, j] * x[j];
                    }

                    gradient[i] -= b[i];
                }

                x = [.. Enumerable.Range(0, n).Select(i => x[i] - (rate * gradient[i]))];
            }

            return x;
        })
    {
        Cases =
        [
            new("one step in two dimensions", answer => answer(new double[,] { { 2, 1 }, { 1, 3 } }, [1, -1], [3, 2], 0.1, 1)),
            new("three steps", answer => answer(new double[,] { { 2, 1 }, { 1, 3 } }, [1, -1], [3, 2], 0.2, 3)),
            new("ten steps in four dimensions", answer => answer(Bowl.A, Bowl.B, [1, -2, 3, 4], 0.12, 10)),
        ],
        Ideas =
        [
            new("uphill", (a, b, x, rate, steps) => Descend(a, b, x, -rate, steps), "Compute f before and after your step. Which way does the gradient point?"),
            new("one coordinate after the other", (a, b, x, rate, steps) => Descend(a, b, x, rate, steps, inPlace: true), "When the second coordinate is computed, what does x[0] hold in your code: the old point or the new one?"),
            new("b forgotten", (a, b, x, rate, steps) => Descend(a, new double[x.Length], x, rate, steps), "At the minimum the gradient is 0. At which point is yours 0?"),
            new("b with the wrong sign", (a, b, x, rate, steps) => Descend(a, [.. b.Select(value => -value)], x, rate, steps), "At the minimum the gradient is 0, and A x = b holds there. Is yours 0 at such a point?"),
            new("half of the gradient", (a, b, x, rate, steps) => Descend(a, b, x, rate / 2, steps), "In one dimension f is a x² / 2 - b x. What is its derivative?"),
            new("a single step", (a, b, x, rate, steps) => Descend(a, b, x, rate, 1), "How many steps were asked for, and from where does the second one start?"),
        ],
        Alternatives =
        [
            (a, b, x, rate, steps) => [.. new SteepestDescent(new FixedStep(rate)).Minimize(new Quadratic(a, b), x, new StoppingRule(0), steps).Point],
        ],
        Hints = ["The gradient of the bowl is A x - b; one number for each coordinate, all of them at the old point.", "Compute the whole gradient first, then a new array x - rate · gradient, and put it in place of x."],
    };

    private static Quadratic Bowl => Quadratic.WithSpectrum([1, 3, 6, 10], 4);

    private static double[] Descend(double[,] a, double[] b, double[] x, double rate, int steps, bool inPlace = false)
    {
        for (int step = 0; step < steps; step++)
        {
            double[] next = [.. x];
            for (int i = 0; i < x.Length; i++)
            {
                double[] read = inPlace ? next : x;
                next[i] = x[i] - (rate * (Enumerable.Range(0, x.Length).Sum(j => a[i, j] * read[j]) - b[i]));
            }

            x = next;
        }

        return x;
    }
}
