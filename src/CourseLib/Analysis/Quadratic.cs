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
