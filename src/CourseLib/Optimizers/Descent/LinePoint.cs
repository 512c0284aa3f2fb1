namespace CourseLib.Optimizers.Descent;

/// <summary>A point of phi(alpha) = f(x + alpha p), the objective along a direction.</summary>
/// <param name="Step">alpha.</param>
/// <param name="Value">phi(alpha).</param>
/// <param name="Slope">phi'(alpha) = grad f(x + alpha p)·p.</param>
public readonly record struct LinePoint(double Step, double Value, double Slope);
