using CourseLib.Kernels;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// What each coordinate lives through in a noisy problem, averaged over seeds: the question of the adaptive methods (lectures perc, "Адаптивные методы", and cnn, "Адаптивные
/// методы градиентного спуска"), where rare features (редкие признаки) are updated seldom.
/// </summary>
/// <param name="Error">The root of the mean of (w_i - target_i)² over the last tenth of the steps and all seeds.</param>
/// <param name="Updates">How many steps changed coordinate i.</param>
/// <param name="GradientSize">√(Σ g_i²) over all steps: what Adagrad divides by.</param>
public sealed record CoordinateRecord(double[] Error, double[] Updates, double[] GradientSize)
{
    /// <summary>The root of the summed squared errors.</summary>
    public double TotalError => Vectors.Norm(Error);

    /// <summary>Walks once for each seed from 0 and averages.</summary>
    /// <param name="make">Makes the optimizer of one parameter of shape (d).</param>
    /// <param name="gradient">A noisy gradient at a point; all its randomness comes from the generator.</param>
    /// <param name="target">Where each coordinate should end, d numbers.</param>
    /// <param name="steps">The number of steps, at least 10.</param>
    /// <param name="seeds">The number of seeds; their generators begin at 50.</param>
    public static CoordinateRecord Measure(Func<Tensor[], Optimizer> make, Func<Generator, double[], double[]> gradient, double[] target, int steps = 2000, int seeds = 20)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(target);
        Requires.AtLeast(nameof(Measure), nameof(steps), steps, 10);
        Requires.AtLeast(nameof(Measure), nameof(seeds), seeds, 1);
        double[] error = new double[target.Length], updates = new double[target.Length], sizes = new double[target.Length];
        for (int seed = 0; seed < seeds; seed++)
        {
            Generator random = new((ulong)seed + 50);
            double[] squares = new double[target.Length];
            OptimizerPath path = OptimizerPath.Walk(make, point => Noted(gradient(random, point), squares), new double[target.Length], steps);
            for (int i = 0; i < target.Length; i++)
            {
                error[i] += path.Points.TakeLast(steps / 10).Average(w => (w[i] - target[i]) * (w[i] - target[i])) / seeds;
                updates[i] += path.StepLengths(i).Count(length => length != 0) / (double)seeds;
                sizes[i] += Math.Sqrt(squares[i]) / seeds;
            }
        }

        return new CoordinateRecord([.. error.Select(Math.Sqrt)], updates, sizes);
    }

    /// <summary>Measures a method at that of several rates which leaves the least <see cref="TotalError"/> with five seeds.</summary>
    /// <param name="rates">The rates to try.</param>
    /// <param name="make">Makes the optimizer of one parameter with a rate.</param>
    /// <param name="gradient">A noisy gradient at a point; all its randomness comes from the generator.</param>
    /// <param name="target">Where each coordinate should end.</param>
    public static (double Rate, CoordinateRecord Record) AtBestRate(IReadOnlyList<double> rates, Func<Tensor[], double, Optimizer> make, Func<Generator, double[], double[]> gradient, double[] target)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(make);
        double best = rates.MinBy(rate => Measure(p => make(p, rate), gradient, target, seeds: 5).TotalError);
        return (best, Measure(p => make(p, best), gradient, target));
    }

    private static double[] Noted(double[] slope, double[] squares)
    {
        for (int i = 0; i < squares.Length; i++)
        {
            squares[i] += slope[i] * slope[i];
        }

        return slope;
    }
}
