using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>phi(alpha) = f(x + alpha p), with a memory of every point asked for.</summary>
internal sealed class Line
{
    private readonly Func<double, LinePoint> phi;
    private readonly List<LinePoint> tried = [];

    internal Line(Func<double, LinePoint> phi) => this.phi = phi;

    /// <summary>phi of an objective. The point and the gradient of the last evaluation stay in the two arrays.</summary>
    internal Line(IObjective objective, double[] x, double[] direction, double[] point, double[] gradient)
        : this(step =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                point[i] = x[i] + (step * direction[i]);
            }

            double value = objective.ValueAndGradient(point, gradient);
            return new LinePoint(step, value, Vectors.Dot(gradient, direction));
        })
    {
    }

    internal IReadOnlyList<LinePoint> Tried => tried;

    internal LinePoint At(double step)
    {
        LinePoint point = phi(step);
        tried.Add(point);
        return point;
    }
}
