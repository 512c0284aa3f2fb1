using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Tests.Optimizers;

/// <summary>f(x) = sum(a x^2 / 2 + sin x) to walk down: from the library in float32, and from a formula written down once more in double.</summary>
internal static class Bowl
{
    internal const int Steps = 40;

    private static readonly double[] Curvature = [0.1, 1, 5, 10];

    internal static double[] Start => [1, -2, 0.5, 3];

    internal static double Slope(int i, double x) => (Curvature[i] * x) + Math.Cos(x);

    /// <summary>The points after each step.</summary>
    internal static double[][] Walk(Func<Tensor[], Optimizer> make, Func<int, double>? rate = null, double scale = 1, double[]? start = null, double unit = 1)
    {
        Tensor p = Tensor.From(start ?? Start).AsParameter();
        Optimizer optimizer = make([p]);
        double[][] path = new double[Steps][];
        for (int step = 0; step < Steps; step++)
        {
            optimizer.LearningRate = rate?.Invoke(step) ?? optimizer.LearningRate;
            Step(optimizer, p, i => scale / unit * Slope(i, p[i] / unit));
            path[step] = Array.ConvertAll(p.ToArray(), value => (double)value);
        }

        return path;
    }

    /// <summary>The points of a formula for one coordinate, which gets the start and the slope and yields a point after each step.</summary>
    internal static double[][] Formula(Func<double, Func<double, double>, IEnumerable<double>> formula)
    {
        double[][] paths = [.. Start.Select((x, i) => formula(x, at => Slope(i, at)).Take(Steps).ToArray())];
        return [.. Enumerable.Range(0, Steps).Select(step => Array.ConvertAll(paths, path => path[step]))];
    }

    /// <summary>One step of an optimizer with a given gradient.</summary>
    internal static void Step(Optimizer optimizer, Tensor p, Func<int, double> gradient)
    {
        optimizer.ZeroGrad();
        (p * Tensor.From([.. Enumerable.Range(0, p.Length).Select(i => (float)gradient(i))], p.Shape.ToArray())).Sum().Backward();
        optimizer.Step();
    }

    /// <summary>The largest distance between two paths, relative to the size of the start.</summary>
    internal static double Distance(double[][] a, double[][] b) =>
        a.Zip(b, (x, y) => x.Zip(y, (s, t) => Math.Abs(s - t)).Max()).Max() / Start.Max(Math.Abs);
}
