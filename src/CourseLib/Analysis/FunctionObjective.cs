namespace CourseLib.Analysis;

/// <summary>A function of one or two variables given by formulas, with normal noise on its gradient: for counter-examples and pictures.</summary>
public sealed class FunctionObjective : StochasticObjective
{
    private readonly Func<double, double, double> value;
    private readonly Func<double, double, (double X, double Y)> gradient;
    private readonly double noise;

    private FunctionObjective(Func<double, double, double> value, Func<double, double, (double X, double Y)> gradient, double noise, double[] minimizer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        this.value = value;
        this.gradient = gradient;
        this.noise = noise;
        Minimizer = minimizer;
    }

    /// <inheritdoc/>
    public override int Dimension => Minimizer.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Minimizer { get; }

    /// <summary>A function of one variable.</summary>
    /// <param name="value">F.</param>
    /// <param name="derivative">F'.</param>
    /// <param name="noise">Standard deviation of the noise on F'.</param>
    /// <param name="minimizer">Where F is least.</param>
    public static FunctionObjective OnLine(Func<double, double> value, Func<double, double> derivative, double noise = 0, double minimizer = 0)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(derivative);
        return new((x, _) => value(x), (x, _) => (derivative(x), 0), noise, [minimizer]);
    }

    /// <summary>A function of two variables.</summary>
    /// <param name="value">F.</param>
    /// <param name="gradient">Both partial derivatives.</param>
    /// <param name="noise">Standard deviation of the noise on each of them.</param>
    /// <param name="minimizer">Where F is least; the origin when not given.</param>
    public static FunctionObjective OnPlane(Func<double, double, double> value, Func<double, double, (double X, double Y)> gradient, double noise = 0, (double X, double Y) minimizer = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(gradient);
        return new(value, gradient, noise, [minimizer.X, minimizer.Y]);
    }

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> x) => value(x[0], x.Length > 1 ? x[1] : 0);

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        (double first, double second) = this.gradient(x[0], x.Length > 1 ? x[1] : 0);
        gradient[0] = first;
        if (gradient.Length > 1)
        {
            gradient[1] = second;
        }
    }

    /// <inheritdoc/>
    public override void Sample(ReadOnlySpan<double> x, Span<double> gradient, NoiseSource noise)
    {
        Gradient(x, gradient);
        for (int i = 0; this.noise > 0 && i < gradient.Length; i++)
        {
            gradient[i] += this.noise * noise.Normal();
        }
    }
}
