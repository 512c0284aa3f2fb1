using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>
/// x_(k+1) = x_k + alpha_k p_k on exact values and gradients (lecture cnn, "Градиентный спуск"): a method gives the direction p_k, a <see cref="Descent.LineSearch"/> the step alpha_k. For full-batch
/// problems; a stochastic gradient gives a line search nothing to compare.
/// </summary>
/// <param name="lineSearch">How far to go along a direction.</param>
public abstract class DescentMethod(LineSearch lineSearch)
{
    /// <summary>How far to go along a direction.</summary>
    public LineSearch LineSearch { get; } = lineSearch;

    /// <summary>Goes down until a stopping rule is met.</summary>
    /// <param name="objective">What to minimise.</param>
    /// <param name="start">x_0.</param>
    /// <param name="stop">When it is enough; <see cref="StoppingRule"/>'s defaults when null.</param>
    /// <param name="maxIterations">When it is too much.</param>
    /// <returns>The whole path.</returns>
    /// <exception cref="ArgumentException">The start has the wrong size, or the objective or its gradient is not finite there.</exception>
    public Minimization Minimize(IObjective objective, double[] start, StoppingRule? stop = null, int maxIterations = 1000)
    {
        Requires.AtLeast(GetType().Name, nameof(maxIterations), maxIterations, 0);
        stop ??= new StoppingRule();
        DescentRun run = Begin(objective, start);
        double atStart = Vectors.SquaredNorm(run.Gradient);
        List<double[]> points = [run.Point];
        List<double> values = [run.Value];
        List<double> norms = [atStart];
        List<DescentStep> steps = [];
        DescentOutcome outcome = DescentOutcome.IterationsUsed;
        while (true)
        {
            if (stop.IsMet(norms[^1], atStart))
            {
                outcome = DescentOutcome.GradientSmall;
                break;
            }

            if (steps.Count == maxIterations)
            {
                break;
            }

            if (run.Next() is not { } step)
            {
                outcome = DescentOutcome.NoLowerPoint;
                break;
            }

            steps.Add(step);
            points.Add(run.Point);
            values.Add(run.Value);
            norms.Add(Vectors.SquaredNorm(run.Gradient));
        }

        return new Minimization(points, values, norms, steps, outcome, run.Evaluations);
    }

    /// <summary>Begins a descent that is continued step by step.</summary>
    /// <param name="objective">What to minimise.</param>
    /// <param name="start">x_0.</param>
    /// <exception cref="ArgumentException">The start has the wrong size, or the objective or its gradient is not finite there.</exception>
    public DescentRun Begin(IObjective objective, double[] start)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(start);
        return new DescentRun(this, NewRule(objective.Dimension), objective, start);
    }

    internal abstract DirectionRule NewRule(int dimension);
}
