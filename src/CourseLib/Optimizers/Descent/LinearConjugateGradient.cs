using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>The steps by which <see cref="LinearConjugateGradient"/> solved A x = b.</summary>
/// <param name="Points">x_0 … x_K.</param>
/// <param name="Residuals">r_k = b - A x_k, kept by the recurrence; the negative gradient of 1/2 x·Ax - b·x. In exact arithmetic orthogonal to each other.</param>
/// <param name="Directions">p_0 … p_(K-1). In exact arithmetic conjugate: p_i·A p_j = 0.</param>
public sealed record ConjugateGradientSolution(IReadOnlyList<double[]> Points, IReadOnlyList<double[]> Residuals, IReadOnlyList<double[]> Directions)
{
    /// <summary>The last point.</summary>
    public double[] Solution => Points[^1];

    /// <summary>How far the directions are from conjugate: the largest |p_i·A p_j| for i ≠ j with each p scaled to p·A p = 1. 0 in exact arithmetic, near 1 where rounding made two directions the same.</summary>
    /// <param name="multiply">x to A x, of the same A.</param>
    public double LargestOverlap(Func<double[], double[]> multiply)
    {
        ArgumentNullException.ThrowIfNull(multiply);
        double[][] products = [.. Directions.Select(multiply)];
        double[] lengths = [.. Directions.Select((p, i) => Math.Sqrt(Vectors.Dot(p, products[i])))];
        double largest = 0;
        for (int i = 0; i < Directions.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                largest = Math.Max(largest, Math.Abs(Vectors.Dot(Directions[i], products[j])) / (lengths[i] * lengths[j]));
            }
        }

        return largest;
    }
}

/// <summary>
/// Conjugate gradients for A x = b with a symmetric positive definite A (Hestenes and Stiefel 1952; lecture cnn, "Градиентный спуск"), that is for the minimum of 1/2 x·Ax - b·x: exact after n steps but for
/// rounding, which for spectra spread over decades needs more.
/// </summary>
public static class LinearConjugateGradient
{
    /// <summary>Solves for a matrix.</summary>
    /// <param name="a">A [n, n], symmetric positive definite.</param>
    /// <param name="b">b [n].</param>
    /// <param name="start">x_0; 0 when null.</param>
    /// <param name="maxSteps">After how many steps to end; n when null.</param>
    /// <param name="tolerance">Ends where |r|² ≤ tolerance |b|².</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a direction shows that A is not positive definite.</exception>
    public static ConjugateGradientSolution Solve(double[,] a, double[] b, double[]? start = null, int? maxSteps = null, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        Requires.Length(nameof(LinearConjugateGradient), nameof(a), a.Length, (long)b.Length * b.Length, "n x n");
        Requires.Length(nameof(LinearConjugateGradient), nameof(a), a.GetLength(0), b.Length, "as many rows as b has numbers");
        return Solve(x => Multiply(a, x), b, start, maxSteps, tolerance);
    }

    /// <summary>Solves for an A that is known by its products alone, as a Hessian often is.</summary>
    /// <param name="multiply">x to A x.</param>
    /// <param name="b">b [n].</param>
    /// <param name="start">x_0; 0 when null.</param>
    /// <param name="maxSteps">After how many steps to end; n when null.</param>
    /// <param name="tolerance">Ends where |r|² ≤ tolerance |b|².</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a direction shows that A is not positive definite.</exception>
    public static ConjugateGradientSolution Solve(Func<double[], double[]> multiply, double[] b, double[]? start = null, int? maxSteps = null, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(multiply);
        ArgumentNullException.ThrowIfNull(b);
        double[] x = start is null ? new double[b.Length] : [.. start];
        Requires.Length(nameof(LinearConjugateGradient), nameof(start), x.Length, b.Length, "as many numbers as b");
        double[] r = start is null ? [.. b] : Vectors.Subtract(b, multiply(x));
        double[] p = [.. r];
        double squares = Vectors.SquaredNorm(r);
        double enough = tolerance * Vectors.SquaredNorm(b);
        List<double[]> points = [x];
        List<double[]> residuals = [r];
        List<double[]> directions = [];
        for (int k = 0; k < (maxSteps ?? b.Length) && squares > enough; k++)
        {
            double[] ap = multiply(p);
            double curvature = Vectors.Dot(p, ap);
            if (!(curvature > 0))
            {
                throw new ArgumentException(FormattableString.Invariant($"LinearConjugateGradient: expected a positive definite matrix, but p·A p is {curvature} at step {k + 1}."), nameof(multiply));
            }

            double alpha = squares / curvature;
            directions.Add(p);
            points.Add(x = Vectors.AddScaled(x, alpha, p));
            residuals.Add(r = Vectors.AddScaled(r, -alpha, ap));
            double next = Vectors.SquaredNorm(r);
            p = Vectors.AddScaled(r, next / squares, p);
            squares = next;
        }

        return new ConjugateGradientSolution(points, residuals, directions);
    }

    private static double[] Multiply(double[,] a, double[] x)
    {
        double[] y = new double[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                y[i] += a[i, j] * x[j];
            }
        }

        return y;
    }
}
