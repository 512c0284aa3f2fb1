using CourseLib.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace CourseLib.Analysis;

/// <summary>What a matrix does to lengths.</summary>
public static class Spectrum
{
    /// <summary>The singular values of a matrix, largest first, computed in double precision.</summary>
    /// <param name="matrix">A tensor of two axes.</param>
    /// <exception cref="ArgumentException">The tensor is not a matrix.</exception>
    public static double[] SingularValues(Tensor matrix)
    {
        if (matrix.Rank != 2)
        {
            throw new ArgumentException($"Spectrum.SingularValues: expected a matrix, got shape {matrix.Shape}.", nameof(matrix));
        }

        int columns = matrix.Shape[1];
        float[] values = matrix.ToArray();
        return Matrix<double>.Build.Dense(matrix.Shape[0], columns, (i, j) => values[(i * columns) + j]).Svd(computeVectors: false).S.ToArray();
    }

    /// <summary>The eigenvalues (собственные значения) of a symmetric matrix, least first: of a Hessian, the curvatures.</summary>
    /// <param name="symmetric">A square, symmetric matrix.</param>
    /// <exception cref="ArgumentException">The matrix is not symmetric.</exception>
    public static double[] Eigenvalues(double[,] symmetric)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(symmetric);
        if (!matrix.IsSymmetric())
        {
            throw new ArgumentException($"Spectrum.Eigenvalues: expected a symmetric matrix, got one of {matrix.RowCount} rows and {matrix.ColumnCount} columns that is not.", nameof(symmetric));
        }

        return [.. matrix.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];
    }

    /// <summary>The number of singular values above <paramref name="tolerance"/> times the largest.</summary>
    /// <param name="matrix">A tensor of two axes.</param>
    /// <param name="tolerance">What counts as zero; the default allows for the rounding of float values.</param>
    public static int Rank(Tensor matrix, double tolerance = 1e-6)
    {
        double[] values = SingularValues(matrix);
        return values.Count(value => value > tolerance * values[0]);
    }
}
