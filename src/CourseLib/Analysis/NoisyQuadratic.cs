using System.Runtime.CompilerServices;
using CourseLib.Optimizers.Descent;

namespace CourseLib.Analysis;

/// <summary>F(x) = 1/2 sum of lambda_i x_i², minimum 0 at the origin; a sample adds independent normal noise to each coordinate of the gradient.</summary>
public sealed class NoisyQuadratic : StochasticObjective, ITwiceDifferentiable
{
    private readonly double[] eigenvalues;
    private readonly double noise;

    /// <summary>A quadratic with these curvatures.</summary>
    /// <param name="eigenvalues">Curvatures lambda_i, none negative.</param>
    /// <param name="noise">Standard deviation of the noise in each coordinate of the gradient; E|g|² = |grad F|² + d noise².</param>
    public NoisyQuadratic(IReadOnlyList<double> eigenvalues, double noise)
    {
        ArgumentNullException.ThrowIfNull(eigenvalues);
        if (eigenvalues.Count == 0 || eigenvalues.Any(value => !(value >= 0)) || !(noise >= 0))
        {
            throw new ArgumentException($"NoisyQuadratic: expected at least one eigenvalue, none negative, and a noise of at least 0, got {eigenvalues.Count} eigenvalues and noise {Display.Readable.Number(noise)}");
        }

        this.eigenvalues = [.. eigenvalues];
        this.noise = noise;
        Minimizer = new double[eigenvalues.Count];
    }

    /// <inheritdoc/>
    public override int Dimension => eigenvalues.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Minimizer { get; }

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> x)
    {
        double sum = 0.0;
        for (int i = 0; i < eigenvalues.Length; i++)
        {
            sum += eigenvalues[i] * x[i] * x[i];
        }

        return sum / 2;
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        for (int i = 0; i < eigenvalues.Length; i++)
        {
            gradient[i] = eigenvalues[i] * x[i];
        }
    }

    /// <inheritdoc/>
    public double[,] Hessian(ReadOnlySpan<double> x)
    {
        double[,] hessian = new double[Dimension, Dimension];
        for (int i = 0; i < Dimension; i++)
        {
            hessian[i, i] = eigenvalues[i];
        }

        return hessian;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Sample(ReadOnlySpan<double> x, Span<double> gradient, NoiseSource noise)
    {
        for (int i = 0; i < eigenvalues.Length; i++)
        {
            gradient[i] = (eigenvalues[i] * x[i]) + (this.noise * noise.Normal());
        }
    }
}
