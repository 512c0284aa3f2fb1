using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>Second derivatives by central differences of gradients: H e_j ≈ (grad f(x + h e_j) - grad f(x - h e_j)) / 2h, 2n gradients in all, made symmetric (Nocedal and Wright, Numerical Optimization, section 8.1; for the H_k of lecture cnn, "Градиентный спуск").</summary>
/// <remarks>
/// With h = max(1, |x_j|) cbrt(eps), eps being the objective's <see cref="IObjective.Precision"/>, the error is of the order eps^(2/3): about ten digits for a function in double
/// precision and four for a network in single.
/// </remarks>
public static class NumericHessian
{
    /// <summary>The Hessian of an objective at a point.</summary>
    /// <param name="objective">f.</param>
    /// <param name="x">Where.</param>
    /// <param name="step">h for all coordinates; chosen as said above when null.</param>
    /// <exception cref="ArgumentException">The point has the wrong size.</exception>
    public static double[,] Of(IObjective objective, ReadOnlySpan<double> x, double? step = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        int n = objective.Dimension;
        Requires.Length(nameof(NumericHessian), nameof(x), x.Length, n, "the objective's dimension");
        double[,] hessian = new double[n, n];
        double[] moved = x.ToArray();
        double[] up = new double[n];
        double[] down = new double[n];
        for (int j = 0; j < n; j++)
        {
            double h = step ?? (Math.Max(1, Math.Abs(x[j])) * Math.Cbrt(objective.Precision));
            moved[j] = x[j] + h;
            objective.ValueAndGradient(moved, up);
            moved[j] = x[j] - h;
            objective.ValueAndGradient(moved, down);
            moved[j] = x[j];
            for (int i = 0; i < n; i++)
            {
                double half = (up[i] - down[i]) / (4 * h);
                hessian[i, j] += half;
                hessian[j, i] += half;
            }
        }

        return hessian;
    }
}
