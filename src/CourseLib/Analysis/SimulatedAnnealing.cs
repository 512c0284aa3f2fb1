using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;

namespace CourseLib.Analysis;

/// <summary>
/// Simulated annealing (имитация отжига): a random step is always taken downhill and uphill with probability e^(-rise / T), while the temperature T falls. The
/// lecture calls super-convergence a mixture of it with curriculum learning: a rate that first goes up and then down (cnn, "Super-Convergence и amsgrad"; Kirkpatrick et al. 1983).
/// </summary>
public static class SimulatedAnnealing
{
    /// <summary>Looks for the least value of a function, without its gradient.</summary>
    /// <param name="objective">The function.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="temperature">T as a function of the step; 0 never goes uphill.</param>
    /// <param name="steps">How many.</param>
    /// <param name="reach">Standard deviation of a step in each coordinate.</param>
    /// <param name="noise">The randomness.</param>
    /// <returns>The best point that was visited, and the values of all visited points.</returns>
    /// <exception cref="ArgumentException">The start has not as many coordinates as the function.</exception>
    public static (double[] Best, double[] Values) Minimize(IObjective objective, IReadOnlyList<double> start, Func<int, double> temperature, int steps, double reach, Generator noise)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(temperature);
        ArgumentNullException.ThrowIfNull(noise);
        if (start.Count != objective.Dimension)
        {
            throw new ArgumentException($"SimulatedAnnealing.Minimize: expected a point with {objective.Dimension} coordinates, got {start.Count}.", nameof(start));
        }

        double[] here = [.. start], best = [.. start], values = new double[steps];
        double value = objective.Value(here), least = value;
        for (int step = 0; step < steps; step++)
        {
            double[] there = [.. here.Select(coordinate => coordinate + (reach * noise.NextNormal()))];
            double rise = objective.Value(there) - value;
            if (rise <= 0 || noise.NextSingle() < Math.Exp(-rise / temperature(step)))
            {
                (here, value) = (there, value + rise);
                (best, least) = value < least ? (here, value) : (best, least);
            }

            values[step] = value;
        }

        return (best, values);
    }
}
