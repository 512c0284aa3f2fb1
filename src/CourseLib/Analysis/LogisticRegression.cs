using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>Logistic regression: f_i(x) = ln(1 + e^(-b_i a_i·x)) + l2/2 |x|² with targets b_i = ±1.</summary>
/// <param name="rows">The inputs a_i.</param>
/// <param name="targets">The targets, +1 or -1.</param>
/// <param name="l2">The weight of the penalty; without one, separable classes have no minimum.</param>
public sealed class LogisticRegression(double[][] rows, double[] targets, double l2 = 0) : EmpiricalRisk(rows, targets, l2)
{
    /// <summary>Normal inputs whose targets are drawn from the model of a normal hidden answer, so the classes overlap.</summary>
    /// <param name="count">N.</param>
    /// <param name="dimension">The number of unknowns.</param>
    /// <param name="seed">The randomness.</param>
    /// <param name="l2">The weight of the penalty.</param>
    public static LogisticRegression Generate(int count, int dimension, ulong seed = 1, double l2 = 0)
    {
        NoiseSource source = new(seed);
        double[] answer = Enumerable.Range(0, dimension).Select(_ => source.Normal()).ToArray();
        double[][] rows = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, dimension).Select(_ => source.Normal()).ToArray()).ToArray();
        double[] targets = rows.Select(row => (source.Index(1 << 20) + 0.5) / (1 << 20) < 1 / (1 + Math.Exp(-Vectors.Dot(row, answer))) ? 1.0 : -1.0).ToArray();
        return new(rows, targets, l2);
    }

    /// <inheritdoc/>
    protected override EmpiricalRisk Over(double[][] rows, double[] targets) => new LogisticRegression(rows, targets, L2);

    // ln(1 + e^-z) without overflow for z far below 0.
    /// <inheritdoc/>
    protected override double Loss(double score, double target)
    {
        double z = target * score;
        return Math.Max(-z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z)));
    }

    /// <inheritdoc/>
    protected override double Slope(double score, double target) => -target / (1 + Math.Exp(target * score));

    /// <inheritdoc/>
    protected override double Curvature(double score, double target)
    {
        double p = 1 / (1 + Math.Exp(-score));
        return p * (1 - p);
    }
}
