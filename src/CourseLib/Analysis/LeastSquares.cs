using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>Linear regression: f_i(x) = 1/2 (a_i·x - b_i)² + l2/2 |x|².</summary>
/// <param name="rows">The inputs a_i.</param>
/// <param name="targets">The targets b_i.</param>
/// <param name="l2">The weight of the penalty.</param>
public sealed class LeastSquares(double[][] rows, double[] targets, double l2 = 0) : EmpiricalRisk(rows, targets, l2)
{
    /// <summary>Normal inputs, a normal hidden answer and noisy targets. With noise 0 and l2 = 0 one x makes every f_i zero (interpolation).</summary>
    /// <param name="count">N.</param>
    /// <param name="dimension">The number of unknowns.</param>
    /// <param name="noise">Standard deviation of the noise on the targets.</param>
    /// <param name="seed">The randomness.</param>
    /// <param name="l2">The weight of the penalty.</param>
    public static LeastSquares Generate(int count, int dimension, double noise, ulong seed = 1, double l2 = 0)
    {
        NoiseSource source = new(seed);
        double[] answer = Normals(dimension, source);
        double[][] rows = Enumerable.Range(0, count).Select(_ => Normals(dimension, source)).ToArray();
        return new(rows, [.. rows.Select(row => Vectors.Dot(row, answer) + (noise * source.Normal()))], l2);
    }

    /// <inheritdoc/>
    protected override EmpiricalRisk Over(double[][] rows, double[] targets) => new LeastSquares(rows, targets, L2);

    /// <inheritdoc/>
    protected override double Loss(double score, double target) => (score - target) * (score - target) / 2;

    /// <inheritdoc/>
    protected override double Slope(double score, double target) => score - target;

    /// <inheritdoc/>
    protected override double Curvature(double score, double target) => 1;

    private static double[] Normals(int count, NoiseSource source) => [.. Enumerable.Range(0, count).Select(_ => source.Normal())];
}
