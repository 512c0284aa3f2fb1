using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;
using MathNet.Numerics.LinearAlgebra;

namespace CourseLib.Analysis;

/// <summary>f(x) = 1/2 x·A x - b·x with a symmetric A: what every smooth function is near a minimum (lecture cnn, "Градиентный спуск"). Its gradient is A x - b, its Hessian A.</summary>
public sealed class Quadratic : ITwiceDifferentiable
{
    private readonly double[,] a;
    private readonly double[] b;

    /// <param name="a">A [n, n], symmetric.</param>
    /// <param name="b">b [n]; 0 when null.</param>
    /// <exception cref="ArgumentException">A is not square or not symmetric, or b has another size.</exception>
    public Quadratic(double[,] a, double[]? b = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        int n = a.GetLength(0);
        Requires.AtLeast(nameof(Quadratic), "n", n, 1);
        Requires.Length(nameof(Quadratic), nameof(a), a.GetLength(1), n, "as many columns as rows");
        Requires.Length(nameof(Quadratic), nameof(b), b?.Length ?? n, n, "as many numbers as A has rows");
        if (!Matrix<double>.Build.DenseOfArray(a).IsSymmetric())
        {
            throw new ArgumentException("Quadratic: expected a symmetric matrix.", nameof(a));
        }

        (this.a, this.b) = ((double[,])a.Clone(), b is null ? new double[n] : [.. b]);
    }

    /// <inheritdoc/>
    public int Dimension => b.Length;

    /// <summary>A quadratic with these curvatures along random axes (a rotation drawn from the seed) and a random b.</summary>
    /// <param name="eigenvalues">The curvatures.</param>
    /// <param name="seed">Draws the axes and b ~ N(0, 1).</param>
    public static Quadratic WithSpectrum(IReadOnlyList<double> eigenvalues, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(eigenvalues);
        int n = eigenvalues.Count;
        Requires.AtLeast(nameof(WithSpectrum), nameof(eigenvalues), n, 1);
        Generator generator = new(seed);
        Matrix<double> axes = Matrix<double>.Build.Dense(n, n, (_, _) => generator.NextNormal()).QR().Q;
        double[,] a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    a[i, j] += axes[i, k] * eigenvalues[k] * axes[j, k];
                }

                a[j, i] = a[i, j];
            }
        }

        double[] b = new double[n];
        for (int i = 0; i < n; i++)
        {
            b[i] = generator.NextNormal();
        }

        return new Quadratic(a, b);
    }

    /// <summary>A quadratic with n curvatures from 1 to its condition number (число обусловленности), along random axes.</summary>
    /// <param name="n">The number of variables.</param>
    /// <param name="condition">The largest curvature, the smallest being 1.</param>
    /// <param name="seed">Draws the axes and b ~ N(0, 1).</param>
    /// <param name="logSpaced">Whether neighbouring curvatures have equal ratios in place of equal differences.</param>
    public static Quadratic WithCondition(int n, double condition, ulong seed, bool logSpaced = false)
    {
        Requires.AtLeast(nameof(WithCondition), nameof(n), n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(condition, 1);
        return WithSpectrum([.. Enumerable.Range(0, n).Select(i => i / Math.Max(1, n - 1.0)).Select(t => logSpaced ? Math.Pow(condition, t) : 1 + ((condition - 1) * t))], seed);
    }

    /// <summary>The mean of the squares (a_i·x - t_i)² as a function of x, without its constant: A = 2/n Σ a_i a_i^T, b = 2/n Σ t_i a_i.</summary>
    /// <param name="rows">The inputs a_i, at least one, all as long.</param>
    /// <param name="targets">The targets t_i.</param>
    /// <exception cref="ArgumentException">There is no input, or not one target for each.</exception>
    public static Quadratic MeanSquares(double[][] rows, double[] targets)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(targets);
        Requires.AtLeast(nameof(MeanSquares), nameof(rows), rows.Length, 1);
        Requires.Length(nameof(MeanSquares), nameof(targets), targets.Length, rows.Length, "one for each input");
        Matrix<double> inputs = Matrix<double>.Build.DenseOfRowArrays(rows);
        Matrix<double> a = inputs.TransposeThisAndMultiply(inputs) * (2.0 / rows.Length);
        Vector<double> b = inputs.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(targets)) * (2.0 / rows.Length);

        // The two triangles may differ in the last bit.
        return new Quadratic(((a + a.Transpose()) / 2).ToArray(), b.ToArray());
    }

    /// <summary>This quadratic with the penalty λ Σx² (ridge regression; lecture perc, "Стандартные методы"): 2λ more on the diagonal of A.</summary>
    /// <param name="lambda">λ, from 0 on.</param>
    public Quadratic WithPenalty(double lambda)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        double[,] penalised = (double[,])a.Clone();
        for (int i = 0; i < Dimension; i++)
        {
            penalised[i, i] += 2 * lambda;
        }

        return new Quadratic(penalised, b);
    }

    /// <summary>b.</summary>
    public double[] B => [.. b];

    /// <summary>A.</summary>
    public double[,] A => (double[,])a.Clone();

    /// <summary>A x.</summary>
    public double[] Multiply(ReadOnlySpan<double> x)
    {
        double[] product = new double[Dimension];
        for (int i = 0; i < product.Length; i++)
        {
            for (int j = 0; j < product.Length; j++)
            {
                product[i] += a[i, j] * x[j];
            }
        }

        return product;
    }

    /// <summary>The point where the gradient is 0: A^-1 b, by a dense solver.</summary>
    public IReadOnlyList<double> Minimizer => Matrix<double>.Build.DenseOfArray(a).Solve(Vector<double>.Build.DenseOfArray(b)).ToArray();

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> x) => (Vectors.Dot(x, Multiply(x)) / 2) - Vectors.Dot(b, x);

    /// <inheritdoc/>
    public void Gradient(ReadOnlySpan<double> x, Span<double> gradient) => Vectors.Subtract(Multiply(x), b).CopyTo(gradient);

    /// <inheritdoc/>
    public double[,] Hessian(ReadOnlySpan<double> x) => (double[,])a.Clone();
}
