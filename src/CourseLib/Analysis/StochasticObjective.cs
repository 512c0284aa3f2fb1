using CourseLib.Optimizers.Descent;

namespace CourseLib.Analysis;

/// <summary>
/// A problem of stochastic optimisation, F(x) = E f(x, y) -> min (lecture cnn, "Стохастический градиентный спуск"): the exact F and its gradient,
/// which an algorithm in practice cannot see, and unbiased random estimates of the gradient, which it can. Everything is in double precision.
/// </summary>
/// <remarks>No call changes what an objective answers, so many runs may use it at once.</remarks>
public abstract class StochasticObjective : IObjective
{
    private double minimum = double.NaN;

    /// <summary>The number of unknowns.</summary>
    public abstract int Dimension { get; }

    /// <summary>A point where F is least.</summary>
    public abstract IReadOnlyList<double> Minimizer { get; }

    /// <summary>F*, the value at <see cref="Minimizer"/>.</summary>
    public double Minimum => double.IsNaN(minimum) ? minimum = Value([.. Minimizer]) : minimum; // whoever comes first, the number is the same

    /// <summary>The exact F.</summary>
    public abstract double Value(ReadOnlySpan<double> x);

    /// <summary>The exact gradient of F; a subgradient where F has a kink.</summary>
    /// <param name="x">Where.</param>
    /// <param name="gradient">Receives it.</param>
    public abstract void Gradient(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>A random estimate of the gradient whose expectation is the gradient.</summary>
    /// <param name="x">Where.</param>
    /// <param name="gradient">Receives it.</param>
    /// <param name="noise">The randomness.</param>
    public abstract void Sample(ReadOnlySpan<double> x, Span<double> gradient, NoiseSource noise);

    /// <summary>The exact gradient as an array.</summary>
    public double[] Gradient(params double[] x)
    {
        Check(x, nameof(Gradient));
        double[] gradient = new double[Dimension];
        Gradient(x, gradient);
        return gradient;
    }

    /// <summary>A random estimate of the gradient as an array.</summary>
    public double[] Sample(double[] x, NoiseSource noise)
    {
        Check(x, nameof(Sample));
        ArgumentNullException.ThrowIfNull(noise);
        double[] gradient = new double[Dimension];
        Sample(x, gradient, noise);
        return gradient;
    }

    /// <summary>The same F, estimated by the mean of <paramref name="size"/> independent samples (мини-батч).</summary>
    public StochasticObjective MiniBatch(int size) => new MiniBatch(this, size);

    /// <summary>The same F without noise: SGD on it is gradient descent.</summary>
    public StochasticObjective Exact() => new ExactGradient(this);

    internal void Check(IReadOnlyList<double> x, string operation)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Count != Dimension)
        {
            throw new ArgumentException($"{GetType().Name}.{operation}: expected a point with {Dimension} coordinates, got {x.Count}", nameof(x));
        }
    }
}
