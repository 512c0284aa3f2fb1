using CourseLib.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace CourseLib.Analysis;

/// <summary>What a matrix does to lengths.</summary>
public static class Spectrum
{
    /// <summary>The singular values of a matrix, largest first, computed in double precision.</summary>
    /// <param name="matrix">A tensor of two axes.</param>
    /// <exception cref="ArgumentException">The tensor is not a matrix.</exception>
    public static double[] SingularValues(Tensor matrix)
    {
        return InDouble(nameof(SingularValues), matrix).Svd(computeVectors: false).S.ToArray();
    }

    /// <summary>
    /// The spectral radius (спектральный радиус): the largest absolute value of an eigenvalue, by which W^t grows or shrinks in the long run. It is at most the largest singular value, which
    /// bounds a single step (lecture intro, "Gradient explosion"; Pascanu et al. 2013, section 2).
    /// </summary>
    /// <param name="matrix">A square matrix.</param>
    /// <exception cref="ArgumentException">The tensor is not a square matrix.</exception>
    public static double Radius(Tensor matrix)
    {
        Matrix<double> square = InDouble(nameof(Radius), matrix);
        return square.RowCount == square.ColumnCount
            ? square.Evd().EigenValues.Max(value => value.Magnitude)
            : throw new ArgumentException($"Spectrum.Radius: expected a square matrix, got shape {matrix.Shape}.", nameof(matrix));
    }

    /// <summary>The eigenvalues (собственные значения) of a symmetric matrix, least first: of a Hessian, the curvatures.</summary>
    /// <param name="symmetric">A square, symmetric matrix.</param>
    /// <exception cref="ArgumentException">The matrix is not symmetric.</exception>
    public static double[] Eigenvalues(double[,] symmetric) => [.. Decompose(nameof(Eigenvalues), symmetric).EigenValues.Select(value => value.Real).Order()];

    /// <summary>
    /// The eigenvectors (собственные векторы) of a symmetric matrix, each of length 1, orthogonal, in the order of <see cref="Eigenvalues"/>: of a Hessian, the axes along which gradient
    /// descent falls apart into one problem for each coefficient.
    /// </summary>
    /// <param name="symmetric">A square, symmetric matrix.</param>
    /// <returns>One vector for each eigenvalue; its sign is chance.</returns>
    /// <exception cref="ArgumentException">The matrix is not symmetric.</exception>
    public static double[][] Eigenvectors(double[,] symmetric)
    {
        Evd<double> evd = Decompose(nameof(Eigenvectors), symmetric);
        return [.. Enumerable.Range(0, evd.EigenValues.Count).OrderBy(i => evd.EigenValues[i].Real).Select(i => evd.EigenVectors.Column(i).ToArray())];
    }

    /// <summary>The number of singular values above <paramref name="tolerance"/> times the largest.</summary>
    /// <param name="matrix">A tensor of two axes.</param>
    /// <param name="tolerance">What counts as zero; the default allows for the rounding of float values.</param>
    public static int Rank(Tensor matrix, double tolerance = 1e-6)
    {
        double[] values = SingularValues(matrix);
        return values.Count(value => value > tolerance * values[0]);
    }

    private static Matrix<double> InDouble(string operation, Tensor matrix)
    {
        if (matrix.Rank != 2)
        {
            throw new ArgumentException($"Spectrum.{operation}: expected a matrix, got shape {matrix.Shape}.", nameof(matrix));
        }

        int columns = matrix.Shape[1];
        float[] values = matrix.ToArray();
        return Matrix<double>.Build.Dense(matrix.Shape[0], columns, (i, j) => values[(i * columns) + j]);
    }

    private static Evd<double> Decompose(string operation, double[,] symmetric)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(symmetric);
        return matrix.IsSymmetric()
            ? matrix.Evd(Symmetricity.Symmetric)
            : throw new ArgumentException($"Spectrum.{operation}: expected a symmetric matrix, got one of {matrix.RowCount} rows and {matrix.ColumnCount} columns that is not.", nameof(symmetric));
    }
}
