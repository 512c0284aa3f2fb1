using System.Runtime.CompilerServices;
using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;

namespace CourseLib.Analysis;

/// <summary>
/// The largest constant rate with which gradient descent still comes to a minimum, found by trying and without any formula (lectures intro, "Градиентный спуск (GD)", and cnn,
/// "Градиентный спуск": everything depends on the rate). Theory says 2 / lambda_max of the Hessian there.
/// </summary>
public static class RateEdge
{
    /// <summary>Halves an interval of rates between "still comes closer at the end" and "goes away".</summary>
    /// <param name="objective">f.</param>
    /// <param name="minimizer">The minimum to come to.</param>
    /// <param name="start">Where each descent begins: near enough to belong to this minimum, and off every eigenvector.</param>
    /// <param name="highest">A rate that is known to be too large.</param>
    /// <param name="steps">How many steps each descent takes; the more, the sharper the edge.</param>
    /// <param name="halvings">How often the interval is halved.</param>
    /// <returns>The least rate tried with which the last step led away, or to numbers that are not finite.</returns>
    /// <exception cref="ArgumentException">The points have the wrong size.</exception>
    public static double Measure(IObjective objective, double[] minimizer, double[] start, double highest = 1, int steps = 600, int halvings = 30)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(minimizer);
        ArgumentNullException.ThrowIfNull(start);
        Requires.Length(nameof(RateEdge), nameof(minimizer), minimizer.Length, objective.Dimension, "the objective's dimension");
        Requires.Length(nameof(RateEdge), nameof(start), start.Length, objective.Dimension, "the objective's dimension");
        Requires.AtLeast(nameof(RateEdge), nameof(steps), steps, 1);
        (double low, double high) = (0, highest);
        for (int i = 0; i < halvings; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Leaves(objective, minimizer, start, middle, steps) ? (low, middle) : (middle, high);
        }

        return high;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Leaves(IObjective objective, double[] minimizer, double[] start, double rate, int steps)
    {
        double[] x = [.. start];
        double[] gradient = new double[x.Length];
        double first = Vectors.SquaredDistance(x, minimizer), before = double.PositiveInfinity, now = first;
        for (int k = 0; k < steps; k++)
        {
            objective.Gradient(x, gradient);
            Vectors.AddScaledTo(x, -rate, gradient);
            (before, now) = (now, Vectors.SquaredDistance(x, minimizer));
        }

        return !(now < 1e-20 || (now < before && now < first)); // infinity and NaN leave; what is there to rounding stays
    }
}
