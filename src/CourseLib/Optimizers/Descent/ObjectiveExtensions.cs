namespace CourseLib.Optimizers.Descent;

/// <summary>What can be asked of every objective.</summary>
public static class ObjectiveExtensions
{
    /// <summary>The gradient of f at a point, as a new array.</summary>
    /// <param name="objective">f.</param>
    /// <param name="x">Where.</param>
    public static double[] GradientAt(this IObjective objective, double[] x)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(x);
        double[] gradient = new double[objective.Dimension];
        objective.Gradient(x, gradient);
        return gradient;
    }
}
