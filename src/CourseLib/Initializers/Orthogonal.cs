using CourseLib.Kernels;
using CourseLib.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace CourseLib.Initializers;

/// <summary>
/// Weights seen as a matrix [out, the rest] with orthonormal rows or columns, whichever are fewer, times a gain: every singular value is the gain
/// (Saxe et al. 2014). The Q of a Gaussian matrix, with signs fixed by R's diagonal, so that it is uniform over orthogonal matrices.
/// </summary>
/// <param name="gain">Factor; sqrt(2) suits ReLU.</param>
public sealed class Orthogonal(double gain = 1) : Initializer
{
    /// <inheritdoc/>
    protected override void Draw(Tensor tensor, Generator generator)
    {
        Shape shape = tensor.Shape;
        if (shape.Rank < 2)
        {
            throw new ArgumentException($"Orthogonal: expected weights of at least two axes, got shape {shape}.", nameof(tensor));
        }

        int rows = shape[0];
        int columns = shape.Product(1, shape.Rank);
        (int longer, int shorter) = (Math.Max(rows, columns), Math.Min(rows, columns));
        float[] normal = new float[longer * shorter];
        generator.Normal(normal, 0, 1);
        QR<double> factors = Matrix<double>.Build.Dense(longer, shorter, Array.ConvertAll(normal, value => (double)value)).QR(QRMethod.Thin);
        Span<float> weights = tensor.Span;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                (int i, int j) = rows >= columns ? (row, column) : (column, row);
                weights[(row * columns) + column] = (float)(gain * factors.Q[i, j] * Math.Sign(factors.R[j, j]));
            }
        }
    }
}
