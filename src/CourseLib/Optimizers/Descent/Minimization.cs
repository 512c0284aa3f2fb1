using CourseLib.Display;

namespace CourseLib.Optimizers.Descent;

/// <summary>Why a descent ended.</summary>
public enum DescentOutcome
{
    /// <summary>The stopping rule is met.</summary>
    GradientSmall,

    /// <summary>The iterations allowed are used up.</summary>
    IterationsUsed,

    /// <summary>The line search found no lower point: the rounding of f is reached, or its gradient is wrong.</summary>
    NoLowerPoint,
}

/// <summary>A whole descent.</summary>
/// <param name="Points">x_0 … x_K.</param>
/// <param name="Values">f(x_0) … f(x_K).</param>
/// <param name="SquaredGradientNorms">|grad f(x_0)|² … |grad f(x_K)|².</param>
/// <param name="Steps">The K steps with their line searches.</param>
/// <param name="Outcome">Why it ended.</param>
/// <param name="Evaluations">How often values and gradients were asked for.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record Minimization(
    IReadOnlyList<double[]> Points,
    IReadOnlyList<double> Values,
    IReadOnlyList<double> SquaredGradientNorms,
    IReadOnlyList<DescentStep> Steps,
    DescentOutcome Outcome,
    int Evaluations)
{
    /// <summary>K.</summary>
    public int Iterations => Steps.Count;

    /// <summary>x_K.</summary>
    public double[] Point => Points[^1];

    /// <summary>f(x_K).</summary>
    public double Value => Values[^1];

    /// <summary>One coordinate of x_0 … x_K, for charts.</summary>
    public double[] Coordinate(int index) => [.. Points.Select(point => point[index])];

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"f = {Readable.Number(Value)}, |gradient|² = {Readable.Number(SquaredGradientNorms[^1])} after {Iterations} steps and {Evaluations} evaluations: {Outcome}");

    /// <summary>The end in one line, for a notebook.</summary>
    public string ToHtml() => $"<code>{Html.Escape(ToString())}</code>";
}
