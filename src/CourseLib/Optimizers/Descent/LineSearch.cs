using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>Chooses how far to go along a direction (линейный поиск; lecture cnn, "Градиентный спуск"): a step alpha for which phi(alpha) = f(x + alpha p) is low enough.</summary>
public abstract class LineSearch
{
    /// <summary>Whether a direction along which the function does not fall is refused.</summary>
    private protected virtual bool NeedsDescent => true;

    /// <summary>Searches along a direction.</summary>
    /// <param name="objective">f.</param>
    /// <param name="x">Where the line begins.</param>
    /// <param name="direction">p, along which f must fall.</param>
    /// <param name="initialStep">The first step to try.</param>
    /// <exception cref="ArgumentException">f does not fall along p, is not a number at x, or the sizes do not fit.</exception>
    public LineSearchResult Search(IObjective objective, double[] x, double[] direction, double initialStep = 1)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Requires.Length(GetType().Name, nameof(x), x.Length, objective.Dimension, "the objective's dimension");
        Requires.Length(GetType().Name, nameof(direction), direction.Length, objective.Dimension, "the objective's dimension");
        Line line = new(objective, x, direction, new double[x.Length], new double[x.Length]);
        double[] gradient = new double[x.Length];
        double value = objective.ValueAndGradient(x, gradient);
        return Search(line, new LinePoint(0, value, Vectors.Dot(gradient, direction)), initialStep);
    }

    /// <summary>Searches along a function of one variable.</summary>
    /// <param name="phi">Gives phi(alpha) and phi'(alpha).</param>
    /// <param name="initialStep">The first step to try.</param>
    /// <exception cref="ArgumentException">phi does not fall at 0, or is not a number there.</exception>
    public LineSearchResult Search(Func<double, (double Value, double Slope)> phi, double initialStep = 1)
    {
        ArgumentNullException.ThrowIfNull(phi);
        LinePoint At(double step)
        {
            (double value, double slope) = phi(step);
            return new LinePoint(step, value, slope);
        }

        return Search(new Line(At), At(0), initialStep);
    }

    internal LineSearchResult Search(Line line, LinePoint start, double initialStep)
    {
        string name = GetType().Name;
        if (!(double.IsFinite(start.Value) && double.IsFinite(start.Slope)))
        {
            throw new ArgumentException(FormattableString.Invariant($"{name}: expected a finite value and slope where the line begins, got {start.Value} and {start.Slope}."));
        }

        if (NeedsDescent && !(start.Slope < 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"{name}: expected a direction of descent, but the slope along it is {start.Slope}; the negative gradient is one."));
        }

        if (!(initialStep > 0 && double.IsFinite(initialStep)))
        {
            throw new ArgumentOutOfRangeException(nameof(initialStep), initialStep, FormattableString.Invariant($"{name}: expected a finite first step above 0, got {initialStep}."));
        }

        return Find(line, start, initialStep);
    }

    private protected abstract LineSearchResult Find(Line line, LinePoint start, double initialStep);

    /// <summary>A search that found what it looks for.</summary>
    private protected static LineSearchResult Success(Line line, LinePoint start, LinePoint accepted) => new(start, accepted, true, line.Tried);

    /// <summary>A search that did not: the lowest tried point, if it is lower than the start, is still worth the step.</summary>
    private protected static LineSearchResult Failure(Line line, LinePoint start, string reason)
    {
        LinePoint[] lower = [.. line.Tried.Where(point => point.Value < start.Value && double.IsFinite(point.Value) && double.IsFinite(point.Slope))];
        return new(start, lower.Length > 0 ? lower.MinBy(point => point.Value) : null, false, line.Tried, reason);
    }
}
