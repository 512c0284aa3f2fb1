namespace CourseLib.Optimizers.Descent;

/// <summary>
/// The step to the bottom of the parabola through phi'(0) and phi'(initial step): for a quadratic objective the exact minimum along the line, -g·p / p·H p, which the theory of conjugate
/// gradients supposes (Hestenes and Stiefel 1952; lecture cnn, "Градиентный спуск").
/// </summary>
public sealed class ExactForQuadratics : LineSearch
{
    private protected override LineSearchResult Find(Line line, LinePoint start, double initialStep)
    {
        LinePoint probe = line.At(initialStep);
        double step = -start.Slope * initialStep / (probe.Slope - start.Slope);
        return step > 0 && double.IsFinite(step)
            ? Success(line, start, line.At(step))
            : Failure(line, start, FormattableString.Invariant($"the slope goes from {start.Slope:g3} to {probe.Slope:g3} and the parabola has no bottom"));
    }
}
