using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>One step of a descent.</summary>
/// <param name="Direction">p_k.</param>
/// <param name="Search">How its length was found.</param>
public sealed record DescentStep(double[] Direction, LineSearchResult Search)
{
    /// <summary>alpha_k.</summary>
    public double Length => Search.Accepted!.Value.Step;
}

/// <summary>A descent under way: where it is, and the method's memory.</summary>
public sealed class DescentRun
{
    private readonly DescentMethod method;
    private readonly DirectionRule rule;
    private IObjective objective;
    private double[] x;
    private double[] gradient;
    private double lastFall = double.NaN;

    internal DescentRun(DescentMethod method, DirectionRule rule, IObjective objective, double[] start)
    {
        (this.method, this.rule, this.objective) = (method, rule, objective);
        (x, gradient) = ([.. start], new double[start.Length]);
        Evaluate();
    }

    /// <summary>x_k, as a new array.</summary>
    public double[] Point => [.. x];

    /// <summary>f(x_k).</summary>
    public double Value { get; private set; }

    /// <summary>grad f(x_k).</summary>
    public IReadOnlyList<double> GradientAtPoint => gradient;

    /// <summary>Steps taken.</summary>
    public int Iterations { get; private set; }

    /// <summary>How often values and gradients were asked for.</summary>
    public int Evaluations { get; private set; }

    internal double[] Gradient => gradient;

    /// <summary>Takes one step.</summary>
    /// <returns>The step; null, and nothing moves, where the gradient is 0 or no lower point was found, which at the end of a descent is the rounding of f.</returns>
    /// <exception cref="ArgumentException">The direction does not lead down, which only a Newton direction that nobody mended does.</exception>
    public DescentStep? Next()
    {
        if (Vectors.SquaredNorm(gradient) == 0)
        {
            return null;
        }

        if (Step() is { } step)
        {
            return step;
        }

        // Old memories may lead astray; the plain negative gradient deserves a try.
        return rule.Forget() ? Step() : null;
    }

    /// <summary>Goes on with another function of as many variables, as on the next batch, and keeps what was learned.</summary>
    /// <param name="other">The function from here on.</param>
    /// <param name="from">Where to go on; <see cref="Point"/> to stay.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or the function or its gradient is not finite there.</exception>
    public void Continue(IObjective other, double[] from)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(from);
        Requires.Length(method.GetType().Name, nameof(other), other.Dimension, x.Length, "the dimension so far");
        (objective, x, lastFall) = (other, [.. from], double.NaN);
        Evaluate();
    }

    private DescentStep? Step()
    {
        double[] direction = new double[x.Length];
        rule.Find(objective, x, gradient, direction);
        double[] point = new double[x.Length];
        double[] there = new double[x.Length];
        Line line = new(objective, x, direction, point, there);
        double slope = Vectors.Dot(gradient, direction);
        if (!double.IsFinite(slope))
        {
            return null; // an objective without a floor has left the range of numbers
        }

        LineSearchResult search = method.LineSearch.Search(line, new LinePoint(0, Value, slope), rule.InitialStep(gradient, slope, lastFall));
        Evaluations += search.Tried.Count;
        if (search.Accepted is not { } accepted)
        {
            return null;
        }

        if (search.Tried[^1] != accepted)
        {
            accepted = line.At(accepted.Step); // brings point and gradient back
            Evaluations++;
        }

        rule.Learn(Vectors.Subtract(point, x), Vectors.Subtract(there, gradient));
        lastFall = Value - accepted.Value;
        (x, gradient, Value) = (point, there, accepted.Value);
        Iterations++;
        return new DescentStep(direction, search);
    }

    private void Evaluate()
    {
        string name = method.GetType().Name;
        Requires.Length(name, "start", x.Length, objective.Dimension, "the objective's dimension");
        Value = objective.ValueAndGradient(x, gradient);
        Evaluations++;
        if (!double.IsFinite(Value) || !double.IsFinite(Vectors.SquaredNorm(gradient)))
        {
            throw new ArgumentException(FormattableString.Invariant($"{name}: expected a finite objective and gradient where the descent begins, got {Value} and a gradient of norm {Vectors.Norm(gradient)}."));
        }
    }
}
