using CourseLib.Course.Grading;
using Answer = System.Func<System.Func<double, double>, System.Func<double, double>, System.Func<double, double>, double, int, double>;

namespace CourseLib.Course.Exercises.GradientDescent;

/// <summary>gd.repair: a Newton's method that climbs and runs away (lectures cnn, "Градиентный спуск", and perc, "Методы высших порядков: метод Ньютона").</summary>
internal static class GdRepair
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "gd.repair", "06-gradient-descent", Level.Hard, "a Newton's method that always descends", reference: (f, slope, curvature, x, steps) =>
        {
            for (int step = 0; step < steps; step++)
            {
                double g = slope(x), h = Math.Max(Math.Abs(curvature(x)), 1e-6); // positive: -g / h points down
                double p = -g / h, rate = 1;
                for (int half = 0; half < 50 && f(x + (rate * p)) > f(x) + (1e-4 * rate * g * p); half++)
                {
                    rate /= 2; // Armijo; near the minimum the full step passes at once
                }

                x += rate * p;
            }

            return x;
        })
    {
        Cases =
        [
            new Bounds<Answer>("y⁴ - y² from 0.2, 15 steps", "f - f* at the end", answer => Well(answer(Well, y => (4 * y * y * y) - (2 * y), y => (12 * y * y) - 2, 0.2, 15)) + 0.25, atMost: 1e-6),
            new Bounds<Answer>("√(1 + x²) from 1.2, 6 steps", "|x| at the end", answer => Math.Abs(answer(Root, x => x / Root(x), x => Math.Pow(Root(x), -3), 1.2, 6)), atMost: 1e-4),
            new Bounds<Answer>("still Newton: e^x - 5x from 1, 7 steps", "the distance to the minimum at ln 5", answer => Math.Abs(answer(x => Math.Exp(x) - (5 * x), x => Math.Exp(x) - 5, Math.Exp, 1, 7) - Math.Log(5)), atMost: 1e-6),
        ],
        Ideas =
        [
            new("nothing was mended", (f, slope, curvature, x, steps) => Run(f, x, steps, at => -slope(at) / curvature(at), search: false), "Print x, f and f'' in every step. Where f'' is negative, which way does -f'/f'' point?"),
            new("a line search, but the direction may point uphill", (f, slope, curvature, x, steps) => Run(f, x, steps, at => -slope(at) / curvature(at), search: true), "However short a step uphill is made, does f become smaller? When is p a direction of descent?"),
            new("the direction points down, but every step is full", (f, slope, curvature, x, steps) => Run(f, x, steps, at => -slope(at) / Math.Abs(curvature(at)), search: false), "Print x on √(1 + x²), step by step. What does the quadratic model promise there, and who checks whether f kept that promise?"),
            new("no curvature at all", (f, slope, curvature, x, steps) => Run(f, x, steps, at => -slope(at), search: true), "This is gradient descent with a line search: it arrives, but slowly. How many right digits does a step win, and how many would Newton's?"),
        ],
        Alternatives =
        [
            (f, slope, curvature, x, steps) => Run(f, x, steps, at => -slope(at) / (curvature(at) > 1e-3 ? curvature(at) : 1), search: true),
            (f, slope, curvature, x, steps) => Run(f, x, steps, at => -slope(at) / (curvature(at) + Math.Max(0, 0.5 - curvature(at))), search: true),
        ],
        Hints = ["There are two faults: one shows on the first function, one on the second. Which way does the step point, and does f fall?", "Make the curvature positive before you divide by it, and halve the step until Armijo's condition holds: section 6 has it."],
    };

    private static double Well(double y) => (y * y * y * y) - (y * y);

    private static double Root(double x) => Math.Sqrt(1 + (x * x));

    // Halves a step until f does not grow; that is enough here.
    private static double Run(Func<double, double> f, double x, int steps, Func<double, double> direction, bool search)
    {
        for (int step = 0; step < steps; step++)
        {
            double p = direction(x), rate = 1;
            for (int half = 0; search && half < 50 && f(x + (rate * p)) > f(x); half++)
            {
                rate /= 2;
            }

            x += rate * p;
        }

        return x;
    }
}
