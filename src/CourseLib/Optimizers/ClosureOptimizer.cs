using CourseLib.Optimizers.Descent;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Trains tensors by a descent method that has to evaluate the loss several times in a step: <see cref="Newton"/> for a handful of weights, <see cref="ConjugateGradient"/>, or by <see cref="LBFGS"/>.
/// <code>new ClosureOptimizer(model.Parameters, new Newton()).Step(() => loss.Forward(model.Forward(x), y));</code>
/// </summary>
/// <remarks>What a method has learned stays over the calls of <see cref="Step"/>. Each pair of gradients that it compares comes from one closure, as stochastic L-BFGS wants (Schraudolph et al. 2007).</remarks>
public class ClosureOptimizer
{
    private readonly Tensor[] parameters;
    private readonly DescentMethod method;
    private readonly int maxIterations;
    private readonly StoppingRule stop;
    private DescentRun? run;

    /// <param name="parameters">What to train, for example <c>model.Parameters</c>.</param>
    /// <param name="method">How.</param>
    /// <param name="maxIterations">Iterations in one call of <see cref="Step"/>.</param>
    /// <param name="stop">When a call ends earlier; at |gradient|² ≤ 1e-14 when null.</param>
    /// <exception cref="ArgumentException">There is no parameter.</exception>
    public ClosureOptimizer(IReadOnlyList<Tensor> parameters, DescentMethod method, int maxIterations = 20, StoppingRule? stop = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(method);
        Kernels.Requires.AtLeast(GetType().Name, nameof(maxIterations), maxIterations, 1);
        this.parameters = parameters.Count > 0 ? [.. parameters] : throw new ArgumentException($"{GetType().Name}: there are no parameters to train.", nameof(parameters));
        this.method = method;
        this.maxIterations = maxIterations;
        this.stop = stop ?? new StoppingRule(1e-14);
    }

    /// <summary>The parameters, in the order given.</summary>
    public IReadOnlyList<Tensor> Parameters => parameters;

    /// <summary>Iterations over all calls.</summary>
    public int Iterations => run?.Iterations ?? 0;

    /// <summary>Closures evaluated over all calls.</summary>
    public int Evaluations => run?.Evaluations ?? 0;

    /// <summary>Why the last call ended.</summary>
    public DescentOutcome LastOutcome { get; private set; }

    /// <summary>The line searches of the last call.</summary>
    public IReadOnlyList<DescentStep> LastSteps { get; private set; } = [];

    /// <summary>Goes down on one loss.</summary>
    /// <param name="closure">Computes the loss, the same each time.</param>
    /// <returns>The loss before, as torch's.</returns>
    /// <exception cref="ArgumentException">The loss or a gradient is not finite where the step begins.</exception>
    public float Step(Func<Tensor> closure)
    {
        TensorObjective objective = new(parameters, closure);
        double[] start = objective.Current;
        if (run is null)
        {
            run = method.Begin(objective, start);
        }
        else
        {
            run.Continue(objective, start);
        }

        double before = run.Value;
        double atStart = SquaredNorm();
        List<DescentStep> steps = [];
        LastOutcome = DescentOutcome.IterationsUsed;
        try
        {
            for (int i = 0; i < maxIterations && LastOutcome == DescentOutcome.IterationsUsed; i++)
            {
                if (stop.IsMet(SquaredNorm(), atStart))
                {
                    LastOutcome = DescentOutcome.GradientSmall;
                }
                else if (run.Next() is { } step)
                {
                    steps.Add(step);
                }
                else
                {
                    LastOutcome = DescentOutcome.NoLowerPoint;
                }
            }
        }
        finally
        {
            objective.Set(run.Point); // not where a search looked last
        }

        LastSteps = steps;
        return (float)before;
    }

    /// <summary>The name and the most iterations of a step, such as <c>LBFGS(maxIterations: 20)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{GetType().Name}({(GetType() == typeof(ClosureOptimizer) ? $"{method.GetType().Name}, " : "")}maxIterations: {maxIterations})");

    private double SquaredNorm() => Kernels.Vectors.SquaredNorm(run!.Gradient);
}
