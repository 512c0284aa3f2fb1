using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>
/// F(x) = |x|, the Euclidean norm (the absolute value in one dimension): convex, with a kink at its minimum. Its subgradient x/|x| has g·(x - x*) = F - F*
/// exactly, so that nothing is lost where the SGD bound uses convexity. At the origin the subgradient 0 is taken.
/// </summary>
public sealed class NoisyNorm : StochasticObjective
{
    private readonly double noise;

    /// <summary>The norm in some dimension.</summary>
    /// <param name="dimension">The number of coordinates.</param>
    /// <param name="noise">Standard deviation of the normal noise in each coordinate of the subgradient; E|g|² = 1 + d noise² away from the origin.</param>
    public NoisyNorm(int dimension, double noise)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        this.noise = noise;
        Minimizer = new double[dimension];
    }

    /// <inheritdoc/>
    public override int Dimension => Minimizer.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Minimizer { get; }

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> x) => Vectors.Norm(x);

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double norm = Vectors.Norm(x);
        for (int i = 0; i < x.Length; i++)
        {
            gradient[i] = norm > 0 ? x[i] / norm : 0;
        }
    }

    /// <inheritdoc/>
    public override void Sample(ReadOnlySpan<double> x, Span<double> gradient, NoiseSource noise)
    {
        Gradient(x, gradient);
        for (int i = 0; this.noise > 0 && i < x.Length; i++)
        {
            gradient[i] += this.noise * noise.Normal();
        }
    }
}
