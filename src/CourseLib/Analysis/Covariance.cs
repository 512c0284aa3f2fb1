using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace CourseLib.Analysis;

/// <summary>Second moments of data and the spread of their eigenvalues, in double precision (матрица ковариаций).</summary>
public static class Covariance
{
    /// <summary>The covariance matrix of the columns: mean of (x_i - mu_i)(x_j - mu_j) over the rows, biased (over the number of rows).</summary>
    /// <param name="x">One example in each row.</param>
    /// <exception cref="ArgumentException">There are no rows or no columns.</exception>
    public static double[,] Of(double[,] x)
    {
        Matrix<double> centered = Center(Check(x), out _);
        return (centered.TransposeThisAndMultiply(centered) / centered.RowCount).ToArray();
    }

    /// <summary>The largest eigenvalue of a symmetric matrix over the smallest; infinity when the smallest is not positive: the matrix is singular.</summary>
    /// <param name="symmetric">A symmetric matrix without negative eigenvalues, such as a covariance or a Hessian of squares.</param>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static double ConditionNumber(double[,] symmetric)
    {
        double[] eigenvalues = Eigenvalues(symmetric);
        return eigenvalues[0] > 0 ? eigenvalues[^1] / eigenvalues[0] : double.PositiveInfinity;
    }

    /// <summary>The eigenvalues of a symmetric matrix, smallest first.</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static double[] Eigenvalues(double[,] symmetric)
    {
        Matrix<double> matrix = Check(symmetric);
        return matrix.RowCount == matrix.ColumnCount
            ? [.. matrix.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()]
            : throw new ArgumentException($"Covariance.Eigenvalues: expected a square matrix, got {matrix.RowCount} x {matrix.ColumnCount}.", nameof(symmetric));
    }

    internal static Matrix<double> Check(double[,] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Length > 0
            ? Matrix<double>.Build.DenseOfArray(x)
            : throw new ArgumentException($"Covariance: expected at least one row and one column, got {x.GetLength(0)} x {x.GetLength(1)}.", nameof(x));
    }

    internal static Matrix<double> Center(Matrix<double> x, out Vector<double> mean)
    {
        Vector<double> columnMeans = x.ColumnSums() / x.RowCount;
        mean = columnMeans;
        return x.MapIndexed((_, column, value) => value - columnMeans[column]);
    }
}
