using CourseLib.Kernels;
using CourseLib.Kernels.Steps;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Switching from Adam to SGD (Keskar and Socher 2017; lecture cnn, "Adam, AdamW и другие животные"). Each step of Adam, d over all parameters together,
/// says which rate SGD would need for its step to project onto d as d itself; when the running average of that rate has settled, SGD goes on with it:
/// <code>
/// first   d = Adam's step; p = p + d; where d·g &lt; 0: gamma = d·d / -(d·g), average = beta2 average + (1 - beta2) gamma over the n gammas so far
///         switch when |average / (1 - beta2^n) - gamma| &lt; max(tolerance, relativeTolerance average / (1 - beta2^n)) and step &gt;= earliestSwitch
/// then    v = beta1 v + g; p = p - (1 - beta1) rate v, where rate = average / (1 - beta2^n) at the switch and v starts at 0
/// </code>
/// </summary>
/// <remarks>
/// The paper's tolerance of 1e-9 hardly ever fires, a bare relative test of 1% fires in the first steps, while the average is one of a few gammas only:
/// set <c>relativeTolerance: 0.01</c> and an <c>earliestSwitch</c> of a few epochs. Differences: the paper takes gamma also where d ascends
/// (a negative rate), and adds eps to the root before its correction, not after. A schedule goes on to scale the rate after the switch.
/// </remarks>
public sealed class SWATS : Optimizer
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double eps;
    private readonly double tolerance;
    private readonly double relativeTolerance;
    private readonly int earliestSwitch;
    private readonly Tensor[] first;
    private readonly Tensor[] second;
    private readonly Tensor move;
    private readonly Tensor estimates;
    private readonly StateNumber average;
    private readonly StateNumber projected;
    private readonly Tensor switchStep;
    private double moveMove;
    private double moveGradient;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">Adam's learning rate.</param>
    /// <param name="beta1">Decay of the first moment, and SGD's momentum.</param>
    /// <param name="beta2">Decay of the second moment, and of the average of the estimated rate.</param>
    /// <param name="eps">Added to the root of the second moment; 1e-9 in the paper.</param>
    /// <param name="tolerance">How near average and estimate have to be (the paper's epsilon).</param>
    /// <param name="relativeTolerance">The same as a part of the average; 0 in the paper.</param>
    /// <param name="earliestSwitch">The first step that may end with the switch; 2 in the paper.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public SWATS(
        IReadOnlyList<Tensor> parameters,
        double lr = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double tolerance = 1e-9,
        double relativeTolerance = 0,
        int earliestSwitch = 2)
        : base(parameters, lr)
    {
        this.beta1 = Setting.Decay(nameof(SWATS), nameof(beta1), beta1);
        this.beta2 = Setting.Decay(nameof(SWATS), nameof(beta2), beta2);
        this.eps = Setting.NotNegative(nameof(SWATS), nameof(eps), eps);
        this.tolerance = Setting.NotNegative(nameof(SWATS), nameof(tolerance), tolerance);
        this.relativeTolerance = Setting.NotNegative(nameof(SWATS), nameof(relativeTolerance), relativeTolerance);
        Setting.Positive(nameof(SWATS), nameof(lr), lr); // the rate after the switch is relative to it
        Requires.AtLeast(nameof(SWATS), nameof(earliestSwitch), earliestSwitch, 2);
        this.earliestSwitch = earliestSwitch;
        first = MakeState("first_moment");
        second = MakeState("second_moment");
        move = Tensor.Zeros(Parameters.Max(parameter => parameter.Length)).Keep();
        estimates = AddState("estimates", Tensor.Zeros(1));
        average = new StateNumber(AddState("average", Tensor.Zeros(3)));
        projected = new StateNumber(AddState("projected_rate", Tensor.Full(double.NaN, 3)));
        switchStep = AddState("switch_step", Tensor.Zeros(1));
    }

    /// <summary>The step whose end was the switch; null while Adam steps.</summary>
    public int? SwitchStep => switchStep.Span[0] > 0 ? (int)switchStep.Span[0] : null;

    /// <summary>gamma of the last step of Adam that descended: the rate whose SGD step projects onto Adam's step as that step itself, at the schedule's start; NaN when there was none.</summary>
    public double ProjectedRate => projected.Value;

    /// <summary>The average of the projected rates, corrected for its start at 0; after the switch it stays and is SGD's rate. NaN before the first estimate.</summary>
    public double EstimatedRate => estimates.Span[0] > 0 ? average.Value / (1 - Math.Pow(beta2, estimates.Span[0])) : double.NaN;

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant(
        $"beta1: {beta1}, beta2: {beta2}, eps: {eps}, tolerance: {tolerance}, relativeTolerance: {relativeTolerance}, earliestSwitch: {earliestSwitch}");

    /// <inheritdoc/>
    protected override void Update(in ParameterStep step)
    {
        Span<float> m = first[step.Index].Span;
        if (SwitchStep is not null)
        {
            // The group's rate or the schedule's, relative to the rate at the start.
            double rate = (1 - beta1) * EstimatedRate * step.LearningRate / InitialLearningRate;
            OptimizerSteps.Apply(step.Parameter, step.Gradient, m, [], [], new SgdStep(keep: beta1, enter: 1, along: 1, beside: 0, rate));
            return;
        }

        Span<float> d = move.Span[..step.Parameter.Length];
        AdamStep adam = new(step.Number, step.LearningRate, beta1, beta2, eps);
        OptimizerSteps.Apply(step.Parameter, step.Gradient, m, second[step.Index].Span, d, new RecordedAdamStep(adam));
        moveMove += Reductions.SumOfSquares(d);
        moveGradient += Reductions.Dot(d, step.Gradient);
    }

    /// <inheritdoc/>
    protected override void EndStep()
    {
        double gamma = moveMove / -moveGradient;
        (moveMove, moveGradient) = (0, 0);
        if (SwitchStep is not null || !(gamma > 0 && double.IsFinite(gamma)))
        {
            return;
        }

        // The rate is estimated at the schedule's present factor and kept as the one at its start.
        gamma /= ScheduleFactor;
        projected.Value = gamma;
        average.Value = (beta2 * average.Value) + ((1 - beta2) * gamma);
        estimates.Span[0]++;
        double distance = Math.Abs(EstimatedRate - gamma);
        if (StepCount >= earliestSwitch && distance < Math.Max(tolerance, relativeTolerance * EstimatedRate))
        {
            switchStep.Span[0] = StepCount;
            foreach (Tensor m in first)
            {
                m.Fill(0);
            }
        }
    }
}
