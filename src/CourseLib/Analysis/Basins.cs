using System.Runtime.CompilerServices;
using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;

namespace CourseLib.Analysis;

/// <summary>
/// Basins of attraction (области притяжения): which minimum gradient descent with a constant rate reaches from each point of a grid in the plane (lecture intro, "Методы оптимизации": a local
/// minimum is often enough; which one, the start decides).
/// </summary>
public static class Basins
{
    /// <summary>Descends from every point of a grid.</summary>
    /// <param name="objective">f, a function of two variables.</param>
    /// <param name="x">First coordinates of the starts: the columns of the result.</param>
    /// <param name="y">Second coordinates of the starts: the rows of the result.</param>
    /// <param name="minima">The points that a descent may end in.</param>
    /// <param name="rate">The step's factor alpha.</param>
    /// <param name="steps">How many steps each descent takes.</param>
    /// <param name="tolerance">How near to a minimum the end has to be.</param>
    /// <returns>[rows, columns] the index of the minimum; -1 where the descent ends near none of them or runs away.</returns>
    /// <exception cref="ArgumentException">The objective has not two variables, or a minimum has not two coordinates.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[,] Of(IObjective objective, IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double[]> minima, double rate, int steps = 500, double tolerance = 0.05)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(minima);
        Requires.Length(nameof(Basins), nameof(objective), objective.Dimension, 2, "two variables");
        foreach (double[] minimum in minima)
        {
            Requires.Length(nameof(Basins), nameof(minima), minimum.Length, 2, "two coordinates each");
        }

        int[,] basins = new int[y.Count, x.Count];
        double[] point = new double[2];
        double[] gradient = new double[2];
        for (int row = 0; row < y.Count; row++)
        {
            for (int column = 0; column < x.Count; column++)
            {
                (point[0], point[1]) = (x[column], y[row]);
                for (int k = 0; k < steps; k++)
                {
                    objective.Gradient(point, gradient);
                    Vectors.AddScaledTo(point, -rate, gradient);
                }

                basins[row, column] = Nearest(minima, point, tolerance);
            }
        }

        return basins;
    }

    // Comparisons with NaN are false, so a descent that ran away is near nothing.
    private static int Nearest(IReadOnlyList<double[]> minima, double[] point, double tolerance)
    {
        for (int i = 0; i < minima.Count; i++)
        {
            if (Vectors.SquaredDistance(minima[i], point) <= tolerance * tolerance)
            {
                return i;
            }
        }

        return -1;
    }
}
