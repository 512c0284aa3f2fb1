namespace CourseLib.Optimizers.Descent;

/// <summary>
/// What makes a step good enough (lecture cnn, "Градиентный спуск"; Nocedal and Wright, Numerical Optimization, 3.1). Armijo's rule (Армихо): phi(alpha) ≤ phi(0) + c1 alpha phi'(0), the
/// function falls by a share of what its slope promises. The strong Wolfe conditions (условия Вольфе): Armijo's and |phi'(alpha)| ≤ c2 |phi'(0)|, most of the slope is used up.
/// </summary>
/// <remarks>The slide asks for c1 in (0, 1/2) and leaves c2 free; without c1 &lt; c2 &lt; 1 there may be no such step at all, which is why <see cref="StrongWolfe"/> insists on it and this record does not.</remarks>
public sealed record WolfeConditions
{
    /// <param name="c1">The share of the promised fall.</param>
    /// <param name="c2">The share of the slope that may remain.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not between 0 and 1.</exception>
    public WolfeConditions(double c1 = 1e-4, double c2 = 0.9)
    {
        if (!(c1 > 0 && c1 < 1 && c2 > 0 && c2 < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(c1), FormattableString.Invariant($"WolfeConditions: expected c1 and c2 between 0 and 1, got {c1} and {c2}."));
        }

        (C1, C2) = (c1, c2);
    }

    /// <summary>The share of the promised fall.</summary>
    public double C1 { get; }

    /// <summary>The share of the slope that may remain.</summary>
    public double C2 { get; }

    /// <summary>The line under which Armijo's rule wants phi: phi(0) + c1 alpha phi'(0).</summary>
    public double ArmijoLine(LinePoint start, double step) => start.Value + (C1 * step * start.Slope);

    /// <summary>Whether phi has fallen enough; false where it is not finite.</summary>
    public bool Armijo(LinePoint start, LinePoint point) => double.IsFinite(point.Value) && point.Value <= ArmijoLine(start, point.Step);

    /// <summary>Whether the slope has become small enough; false where it is not a number.</summary>
    public bool Curvature(LinePoint start, LinePoint point) => Math.Abs(point.Slope) <= C2 * Math.Abs(start.Slope);

    /// <summary>Both: the strong Wolfe conditions.</summary>
    public bool Strong(LinePoint start, LinePoint point) => Armijo(start, point) && Curvature(start, point);
}
