using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>A point of phi(alpha) = f(x + alpha p), the objective along a direction.</summary>
/// <param name="Step">alpha.</param>
/// <param name="Value">phi(alpha).</param>
/// <param name="Slope">phi'(alpha) = grad f(x + alpha p)·p.</param>
public readonly record struct LinePoint(double Step, double Value, double Slope)
{
    /// <summary>phi at one alpha, for charts of what a line search sees.</summary>
    /// <param name="objective">f.</param>
    /// <param name="x">Where the line begins.</param>
    /// <param name="direction">p.</param>
    /// <param name="step">alpha.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static LinePoint On(IObjective objective, double[] x, double[] direction, double step)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Requires.Length(nameof(LinePoint), nameof(x), x.Length, objective.Dimension, "the objective's dimension");
        return new Line(objective, x, direction, new double[x.Length], new double[x.Length]).At(step);
    }
}
