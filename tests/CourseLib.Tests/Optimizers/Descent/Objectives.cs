using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;

namespace CourseLib.Tests.Optimizers.Descent;

/// <summary>What the tests of descent methods share.</summary>
internal static class Objectives
{
    /// <summary>A random quadratic in n variables with curvatures from 1 to 100.</summary>
    internal static Quadratic RandomQuadratic(int n, ulong seed) => Quadratic.WithSpectrum([.. Enumerable.Range(0, n).Select(i => 1 + (99.0 * i / Math.Max(1, n - 1)))], seed);

    internal static double[] RandomPoint(int n, ulong seed)
    {
        Generator generator = new(seed);
        return [.. Enumerable.Range(0, n).Select(_ => (double)generator.NextNormal())];
    }

    /// <summary>log sum of e^(a_i·x) and |x|²/2: smooth, strictly convex and not a quadratic.</summary>
    internal sealed class LogSumExp : IObjective
    {
        private static readonly double[][] A = [[1, 2], [-1, 0.5], [0.3, -2], [-2, -1]];

        public int Dimension => 2;

        public double Value(ReadOnlySpan<double> x)
        {
            double[] at = x.ToArray();
            return Math.Log(A.Sum(a => Math.Exp(Vectors.Dot(a, at)))) + (Vectors.SquaredNorm(x) / 2);
        }

        public void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
        {
            double[] at = x.ToArray();
            double[] weights = [.. A.Select(a => Math.Exp(Vectors.Dot(a, at)))];
            for (int j = 0; j < 2; j++)
            {
                gradient[j] = x[j] + (Enumerable.Range(0, A.Length).Sum(i => weights[i] * A[i][j]) / weights.Sum());
            }
        }
    }

    /// <summary>A quadratic whose value turns to something else at a distance, or at once.</summary>
    internal sealed class Broken(double value) : IObjective
    {
        public int Dimension => 2;

        public double Value(ReadOnlySpan<double> x) => value;

        public void Gradient(ReadOnlySpan<double> x, Span<double> gradient) => gradient.Fill(1);
    }
}
