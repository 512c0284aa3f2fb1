using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace CourseLib.Analysis;

/// <summary>
/// Normalisation of data before a model sees it: x -> (x - mu) M. Whitening (отбеливание) takes M = Sigma^(-1/2), so that the covariance becomes the identity;
/// normalisation feature by feature takes the diagonal alone, M = diag(1 / sigma_k) (lecture perc, "Решение есть!" and "Учёт нормализации при обучении").
/// </summary>
/// <remarks>Computed in double precision: the inverse root of a covariance with a condition of a million has no digits left in float.</remarks>
public sealed class Whitening
{
    private readonly Vector<double> mean;
    private readonly Matrix<double> matrix;

    private Whitening(Vector<double> mean, Matrix<double> matrix) => (this.mean, this.matrix) = (mean, matrix);

    /// <summary>mu, one number for each feature.</summary>
    public double[] Mean => mean.ToArray();

    /// <summary>M, by which the centred data are multiplied.</summary>
    public double[,] Matrix => matrix.ToArray();

    /// <summary>ZCA: the symmetric root Sigma^(-1/2) = V diag(1 / sqrt(lambda + epsilon)) V^T, of all whitenings the one that moves the data least.</summary>
    /// <param name="x">One example in each row.</param>
    /// <param name="epsilon">Added to each eigenvalue; 0 whitens exactly and needs a covariance that is not singular.</param>
    /// <exception cref="ArgumentException">An eigenvalue is not positive: a feature is constant or depends on others.</exception>
    public static Whitening Zca(double[,] x, double epsilon = 0)
    {
        Matrix<double> centered = Covariance.Center(Covariance.Check(x), out Vector<double> mean);
        Evd<double> evd = (centered.TransposeThisAndMultiply(centered) / centered.RowCount).Evd(Symmetricity.Symmetric);
        Vector<double> roots = evd.EigenValues.Map(value => InverseRoot(nameof(Zca), "eigenvalue of the covariance", value.Real + epsilon));
        return new(mean, evd.EigenVectors.MapIndexed((_, column, value) => value * roots[column]).TransposeAndMultiply(evd.EigenVectors));
    }

    /// <summary>Each feature by itself: mean 0 and variance 1, correlations stay as they are. What batch normalisation does with the batch's statistics.</summary>
    /// <param name="x">One example in each row.</param>
    /// <param name="epsilon">Added to each variance.</param>
    /// <exception cref="ArgumentException">A feature is constant and <paramref name="epsilon"/> is 0.</exception>
    public static Whitening PerFeature(double[,] x, double epsilon = 0)
    {
        Matrix<double> centered = Covariance.Center(Covariance.Check(x), out Vector<double> mean);
        IEnumerable<double> roots = centered.EnumerateColumns().Select(column =>
            InverseRoot(nameof(PerFeature), "variance of a feature", (column.DotProduct(column) / centered.RowCount) + epsilon));
        return new(mean, Matrix<double>.Build.DenseOfDiagonalArray([.. roots]));
    }

    /// <summary>(x - mu) M for each row.</summary>
    /// <exception cref="ArgumentException">The number of columns is not that of the data it was made from.</exception>
    public double[,] Apply(double[,] x)
    {
        Matrix<double> rows = Covariance.Check(x);
        return rows.ColumnCount == mean.Count
            ? (rows.MapIndexed((_, column, value) => value - mean[column]) * matrix).ToArray()
            : throw new ArgumentException($"Whitening.Apply: expected {mean.Count} columns, got {rows.ColumnCount}.", nameof(x));
    }

    private static double InverseRoot(string operation, string what, double value) => value > 0
        ? 1 / Math.Sqrt(value)
        : throw new ArgumentException($"Whitening.{operation}: expected every {what} to be above 0, got {Display.Readable.Number(value)}; drop constant and dependent features, or give an epsilon.");
}
