namespace CourseLib.Optimizers.Descent;

/// <summary>
/// A step that satisfies the strong Wolfe conditions (lecture cnn, "Градиентный спуск"; Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6): the step doubles until an
/// interval surely holds one, which is then narrowed by the minimum of a cubic through both ends' values and slopes.
/// </summary>
/// <remarks>c1 1e-4 and c2 0.9 are the book's for Newton and quasi-Newton directions and torch's; conjugate gradients want c2 0.1.</remarks>
public sealed class StrongWolfe : LineSearch
{
    private readonly WolfeConditions conditions;
    private readonly int maxEvaluations;

    /// <param name="c1">The share of the promised fall.</param>
    /// <param name="c2">The share of the slope that may remain, above <paramref name="c1"/>.</param>
    /// <param name="maxEvaluations">After how many evaluations to give up.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt; c1 &lt; c2 &lt; 1.</exception>
    public StrongWolfe(double c1 = 1e-4, double c2 = 0.9, int maxEvaluations = 50)
    {
        if (!(c1 < c2))
        {
            throw new ArgumentOutOfRangeException(nameof(c2), c2, FormattableString.Invariant($"StrongWolfe: expected 0 < c1 < c2 < 1, got c1 {c1} and c2 {c2}; otherwise there may be no such step."));
        }

        conditions = new WolfeConditions(c1, c2);
        this.maxEvaluations = maxEvaluations;
    }

    /// <summary>What an accepted step satisfies.</summary>
    public WolfeConditions Conditions => conditions;

    // Algorithm 3.5. Comparisons are written so that NaN counts as too high.
    private protected override LineSearchResult Find(Line line, LinePoint start, double initialStep)
    {
        LinePoint previous = start;
        double step = initialStep;
        while (line.Tried.Count < maxEvaluations)
        {
            LinePoint point = line.At(step);
            if (!conditions.Armijo(start, point) || (line.Tried.Count > 1 && !(point.Value < previous.Value)))
            {
                return Zoom(line, start, previous, point);
            }

            if (conditions.Curvature(start, point))
            {
                return Success(line, start, point);
            }

            if (!(point.Slope < 0))
            {
                return Zoom(line, start, point, previous);
            }

            previous = point;
            step *= 2;
        }

        return Failure(line, start, FormattableString.Invariant($"the function still falls steeply at a step of {previous.Step:g3}"));
    }

    /// <summary>Algorithm 3.6: <paramref name="low"/> satisfies Armijo's rule and is the lowest such end; phi falls from it towards <paramref name="high"/>.</summary>
    private LineSearchResult Zoom(Line line, LinePoint start, LinePoint low, LinePoint high)
    {
        while (line.Tried.Count < maxEvaluations)
        {
            double step = Between(low, high);
            if (step == low.Step || step == high.Step)
            {
                break; // no number lies between the ends
            }

            LinePoint point = line.At(step);
            if (!conditions.Armijo(start, point) || !(point.Value < low.Value))
            {
                high = point;
                continue;
            }

            if (conditions.Curvature(start, point))
            {
                return Success(line, start, point);
            }

            if (point.Slope * (high.Step - low.Step) >= 0)
            {
                high = low;
            }

            low = point;
        }

        return Failure(line, start, FormattableString.Invariant($"no step between {low.Step:g6} and {high.Step:g6} satisfies both conditions to rounding"));
    }

    /// <summary>The minimum of the cubic through both ends (the book's 3.59), a tenth of the interval away from them at least; the middle where there is no such cubic.</summary>
    private static double Between(LinePoint a, LinePoint b)
    {
        double width = b.Step - a.Step;
        double d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Step - b.Step));
        double root = (d1 * d1) - (a.Slope * b.Slope);
        double d2 = Math.Sign(width) * Math.Sqrt(root);
        double step = b.Step - (width * (b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2)));
        double from = a.Step + (0.1 * width);
        double to = b.Step - (0.1 * width);
        return double.IsFinite(step) ? Math.Clamp(step, Math.Min(from, to), Math.Max(from, to)) : a.Step + (width / 2);
    }
}
