using CourseLib.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace CourseLib.Analysis;

/// <summary>
/// A linear model with a bias under the loss 1/2 mean (x w + b - y)^2, in double precision. It is a quadratic whose Hessian is the second moment of
/// the inputs (x, 1), so normalising the inputs changes how fast gradient descent goes.
/// </summary>
/// <remarks>For full gradients through the moments; LeastSquares keeps the examples apart, for stochastic ones.</remarks>
public sealed class LinearModel
{
    private readonly Matrix<double> hessian;
    private readonly Vector<double> slope;
    private readonly double constant;

    /// <param name="x">One example in each row.</param>
    /// <param name="y">One target for each example.</param>
    /// <param name="bias">Whether the model has a b.</param>
    /// <exception cref="ArgumentException">There is not one target for each example.</exception>
    public LinearModel(double[,] x, double[] y, bool bias = true)
    {
        Matrix<double> inputs = Covariance.Check(x);
        ArgumentNullException.ThrowIfNull(y);
        if (y.Length != inputs.RowCount)
        {
            throw new ArgumentException($"LinearModel: expected one target for each of {inputs.RowCount} examples, got {y.Length}.", nameof(y));
        }

        if (bias)
        {
            inputs = inputs.Append(Matrix<double>.Build.Dense(inputs.RowCount, 1, 1.0));
        }

        Vector<double> targets = Vector<double>.Build.Dense(y);
        hessian = inputs.TransposeThisAndMultiply(inputs) / y.Length;
        slope = inputs.TransposeThisAndMultiply(targets) / y.Length;
        constant = targets.DotProduct(targets) / y.Length;
    }

    /// <summary>The Hessian: mean of (x, 1)(x, 1)^T.</summary>
    public double[,] Hessian => hessian.ToArray();

    /// <summary>Largest over smallest eigenvalue of the Hessian.</summary>
    public double ConditionNumber => Covariance.ConditionNumber(Hessian);

    /// <summary>Gradient descent from w = 0, b = 0.</summary>
    /// <param name="steps">How many steps.</param>
    /// <param name="lr">The learning rate; 1 over the largest eigenvalue when null.</param>
    /// <returns>The loss before the first step and after each.</returns>
    public double[] Descend(int steps, double? lr = null)
    {
        double rate = lr ?? 1 / Covariance.Eigenvalues(Hessian)[^1];
        Vector<double> w = Vector<double>.Build.Dense(slope.Count);
        double[] losses = new double[steps + 1];
        for (int step = 0; step <= steps; step++)
        {
            Vector<double> curved = hessian * w;
            losses[step] = 0.5 * (w.DotProduct(curved) - (2 * w.DotProduct(slope)) + constant);
            w -= rate * (curved - slope);
        }

        return losses;
    }

    /// <summary>
    /// R^2 of the best affine map from x to y: the share of y's variance, over all its columns together, that it explains on the same data. 1 says that y is linear in x.
    /// </summary>
    /// <param name="x">Inputs [n, d], more rows than columns.</param>
    /// <param name="y">Outputs [n, k].</param>
    /// <exception cref="ArgumentException">The tensors are not matrices with as many rows, more than x has columns.</exception>
    public static double RSquared(Tensor x, Tensor y)
    {
        if (x.Rank != 2 || y.Rank != 2 || x.Shape[0] != y.Shape[0] || x.Shape[0] <= x.Shape[1] + 1)
        {
            throw new ArgumentException($"LinearModel.RSquared: expected x (n, d) and y (n, k) with n > d + 1, got {x.Shape} and {y.Shape}.", nameof(x));
        }

        Matrix<double> inputs = Covariance.Center(Rows(x), out _);
        Matrix<double> outputs = Covariance.Center(Rows(y), out _);

        // Along the eigenvectors of X^T X the fit falls apart into one number each; directions in which x does not vary explain nothing.
        Evd<double> evd = inputs.TransposeThisAndMultiply(inputs).Evd(Symmetricity.Symmetric);
        Matrix<double> along = evd.EigenVectors.TransposeThisAndMultiply(inputs.TransposeThisAndMultiply(outputs));
        double least = evd.EigenValues.AbsoluteMaximum().Real * 1e-12;
        double explained = along.EnumerateRowsIndexed().Where(row => evd.EigenValues[row.Item1].Real > least).Sum(row => row.Item2.DotProduct(row.Item2) / evd.EigenValues[row.Item1].Real);
        return explained / SumOfSquares(outputs);
    }

    private static double SumOfSquares(Matrix<double> matrix) => matrix.ToRowMajorArray().Sum(value => value * value);

    private static Matrix<double> Rows(Tensor tensor)
    {
        float[] values = tensor.ToArray();
        int columns = tensor.Shape[1];
        return Matrix<double>.Build.Dense(tensor.Shape[0], columns, (i, j) => values[(i * columns) + j]);
    }
}
