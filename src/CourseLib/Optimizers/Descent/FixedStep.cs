namespace CourseLib.Optimizers.Descent;

/// <summary>No search: always the same step, whatever the function does there, uphill too. With <see cref="SteepestDescent"/> the gradient descent with a constant rate, with <see cref="Newton"/> at 1 the undamped method (lecture cnn, "Градиентный спуск").</summary>
/// <param name="step">The step.</param>
public sealed class FixedStep(double step) : LineSearch
{
    private readonly double step = step > 0 && double.IsFinite(step) ? step : throw new ArgumentOutOfRangeException(nameof(step), step, FormattableString.Invariant($"FixedStep: expected a finite step above 0, got {step}."));

    private protected override bool NeedsDescent => false;

    private protected override LineSearchResult Find(Line line, LinePoint start, double initialStep)
    {
        LinePoint point = line.At(step);
        return double.IsFinite(point.Value) && double.IsFinite(point.Slope)
            ? Success(line, start, point)
            : new LineSearchResult(start, null, false, line.Tried, FormattableString.Invariant($"the function is {point.Value} there"));
    }
}
