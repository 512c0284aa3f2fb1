using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;

namespace CourseLib.Analysis;

/// <summary>Rosenbrock's valley (1960), f = sum over i &lt; n of 100 (x_(i+1) - x_i²)² + (1 - x_i)²: curved and narrow, with the minimum 0 at (1, …, 1). The usual start is (-1.2, 1, -1.2, 1, …).</summary>
/// <param name="dimension">n, at least 2.</param>
public sealed class Rosenbrock(int dimension = 2) : ITwiceDifferentiable
{
    /// <inheritdoc/>
    public int Dimension { get; } = dimension >= 2 ? dimension : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, FormattableString.Invariant($"Rosenbrock: expected at least 2 dimensions, got {dimension}."));

    /// <summary>(-1.2, 1, -1.2, 1, …).</summary>
    public double[] Start => [.. Enumerable.Range(0, Dimension).Select(i => i % 2 == 0 ? -1.2 : 1)];

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> x)
    {
        Requires.Length(nameof(Rosenbrock), nameof(x), x.Length, Dimension, "the dimension");
        double sum = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double bend = x[i + 1] - (x[i] * x[i]);
            sum += (100 * bend * bend) + ((1 - x[i]) * (1 - x[i]));
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double bend = x[i + 1] - (x[i] * x[i]);
            gradient[i] += (-400 * x[i] * bend) - (2 * (1 - x[i]));
            gradient[i + 1] += 200 * bend;
        }
    }

    /// <inheritdoc/>
    public double[,] Hessian(ReadOnlySpan<double> x)
    {
        double[,] hessian = new double[Dimension, Dimension];
        for (int i = 0; i + 1 < x.Length; i++)
        {
            hessian[i, i] += (1200 * x[i] * x[i]) - (400 * x[i + 1]) + 2;
            hessian[i, i + 1] = hessian[i + 1, i] = -400 * x[i];
            hessian[i + 1, i + 1] += 200;
        }

        return hessian;
    }
}
