using CourseLib.Analysis;
using CourseLib.Course.Grading;
using CourseLib.Kernels;

namespace CourseLib.Course.Exercises.GradientDescent;

/// <summary>gd.best-step: the step along -∇f that goes lowest on a bowl (lecture cnn, "Градиентный спуск").</summary>
internal static class GdBestStep
{
    public static Grader Grader { get; } = new Grader<Func<double[,], double[], double[], double>>(
        "gd.best-step", "06-gradient-descent", Level.Medium, "the best rate for one step", reference: (a, b, x) =>
        {
            double[] Times(double[] v) => [.. Enumerable.Range(0, v.Length).Select(i => Enumerable.Range(0, v.Length).Sum(j => a[i, j] * v[j]))];
            double[] g = [.. Times(x).Zip(b, (ax, value) => ax - value)];
            // φ(α) = f(x - α g), so φ'(α) = -g·g + α g·Ag; it is 0 at
            return Vectors.Dot(g, g) / Vectors.Dot(g, Times(g));
        })
    {
        Cases =
        [
            new("a bowl with curvatures 1 and 10", answer => answer(new double[,] { { 1, 0 }, { 0, 10 } }, [0, 0], [4, 1])),
            new("its minimum is elsewhere", answer => answer(new double[,] { { 2, 1 }, { 1, 3 } }, [1, -1], [3, 2])),
            new("four dimensions", answer => answer(Bowl(4).A, Bowl(4).B, [1, -2, 3, 4])),
            new("the same, from another point", answer => answer(Bowl(5).A, Bowl(5).B, [-1, 0.5, 0.2, 0])),
        ],
        Ideas =
        [
            new("the quotient upside down", (a, b, x) => 1 / Step(a, b, x), "A bowl that is ten times as curved needs a step that is ten times as small. What does yours do?"),
            new("half of the step", (a, b, x) => Step(a, b, x) / 2, "Write down φ(α), a parabola. Which factor does its square term get when it is differentiated?"),
            new("b forgotten", (a, b, x) => Step(a, new double[x.Length], x), "At the minimum the gradient is 0. At which point is yours 0?"),
            new("the step to the smallest gradient", SmallestGradient, "This makes |∇f| as small as it gets. Where on the line is f itself least?"),
            new("the norm, not its square", (a, b, x) => Step(a, b, x) / Math.Sqrt(Square(Gradient(a, b, x))), "Multiply f by 2: the best α has to be halved. What does yours do?"),
            new("the point in place of the gradient", (a, b, x) => Square(x) / Vectors.Dot(x, Times(a, x)), "Along which direction does the step go?"),
        ],
        Alternatives =
        [
            (a, b, x) =>
            {
                double[] g = Gradient(a, b, x);
                double F(double rate) // three values of a parabola tell where its lowest point is
                {
                    double[] at = Vectors.AddScaled(x, -rate, g);
                    return (Vectors.Dot(at, Times(a, at)) / 2) - Vectors.Dot(b, at);
                }

                return 0.05 * (F(-0.1) - F(0.1)) / (F(0.1) + F(-0.1) - (2 * F(0)));
            },
        ],
        Hints = ["Write φ(α) = f(x - α g) down. It is a parabola in α: where is its slope 0?", "φ'(α) is -g·∇f(x - α g), and the gradient there is g - α A g. Set it to 0 and solve for α."],
    };

    private static Quadratic Bowl(ulong seed) => Quadratic.WithSpectrum([0.5, 1, 2, 6], seed);

    private static double[] Times(double[,] a, double[] v) => [.. Enumerable.Range(0, v.Length).Select(i => Enumerable.Range(0, v.Length).Sum(j => a[i, j] * v[j]))];

    private static double[] Gradient(double[,] a, double[] b, double[] x) => Vectors.Subtract(Times(a, x), b);

    private static double Square(double[] v) => Vectors.Dot(v, v);

    private static double Step(double[,] a, double[] b, double[] x)
    {
        double[] g = Gradient(a, b, x);
        return Square(g) / Vectors.Dot(g, Times(a, g));
    }

    private static double SmallestGradient(double[,] a, double[] b, double[] x)
    {
        double[] g = Gradient(a, b, x), ag = Times(a, g);
        return Vectors.Dot(g, ag) / Square(ag);
    }
}
