namespace CourseLib.Optimizers.Descent;

/// <summary>
/// Halves the step until Armijo's rule phi(alpha) ≤ phi(0) + c1 alpha phi'(0) holds (Armijo 1966; lecture cnn, "Градиентный спуск"). A value that is not a number counts as too high, so that
/// a step out of the domain of a logarithm comes back.
/// </summary>
public sealed class ArmijoBacktracking : LineSearch
{
    private readonly WolfeConditions conditions;
    private readonly double shrink;
    private readonly int maxEvaluations;

    /// <param name="c1">The share of the promised fall.</param>
    /// <param name="shrink">What a step that is too long is multiplied by.</param>
    /// <param name="maxEvaluations">After how many steps to give up.</param>
    /// <exception cref="ArgumentOutOfRangeException">c1 or shrink is not between 0 and 1.</exception>
    public ArmijoBacktracking(double c1 = 1e-4, double shrink = 0.5, int maxEvaluations = 60)
    {
        conditions = new WolfeConditions(c1);
        this.shrink = shrink > 0 && shrink < 1 ? shrink : throw new ArgumentOutOfRangeException(nameof(shrink), shrink, FormattableString.Invariant($"ArmijoBacktracking: expected a factor between 0 and 1, got {shrink}."));
        this.maxEvaluations = maxEvaluations;
    }

    private protected override LineSearchResult Find(Line line, LinePoint start, double initialStep)
    {
        double step = initialStep;
        for (int i = 0; i < maxEvaluations; i++, step *= shrink)
        {
            LinePoint point = line.At(step);
            if (conditions.Armijo(start, point))
            {
                return Success(line, start, point);
            }
        }

        return Failure(line, start, FormattableString.Invariant($"Armijo's rule does not hold down to a step of {step:g3}"));
    }
}
