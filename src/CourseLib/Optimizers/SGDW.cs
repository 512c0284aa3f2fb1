using CourseLib.Kernels;
using CourseLib.Kernels.Steps;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Gradient descent with momentum and decoupled weight decay w (Loshchilov and Hutter 2019, Algorithm 1; lecture cnn, "Adam, AdamW и другие животные"):
/// <code>
/// p = (1 - eta_t w) p;  v = mu v + lr g;  p = p - v
/// </code>
/// where g is taken before the decay, lr is <see cref="Optimizer.LearningRate"/> (eta_t alpha in the paper) and the schedule's multiplier eta_t is that
/// rate relative to the one at the start.
/// </summary>
/// <remarks>
/// The decay does not pass through the velocity: it acts once, in its own step. <see cref="SGD"/>'s L2 penalty with the decay w / lr is the same without
/// momentum, at a constant rate; with momentum it acts 1 / (1 - mu) times, spread over the steps that follow. The slide prints both variants of the
/// algorithm in one (its lines 6 and 9), which run as printed decays twice.
/// </remarks>
public sealed class SGDW : Optimizer
{
    private readonly double momentum;
    private readonly Tensor[] velocity;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="momentum">mu, the part of the velocity that is kept.</param>
    /// <param name="weightDecay">w: shrinks p by 1 - eta_t w in each step.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public SGDW(IReadOnlyList<Tensor> parameters, double lr, double momentum = 0, double weightDecay = 0)
        : base(parameters, lr, weightDecay)
    {
        Setting.Positive(nameof(SGDW), nameof(lr), lr); // the decay follows the rate relative to it
        this.momentum = Setting.NotNegative(nameof(SGDW), nameof(momentum), momentum);
        velocity = momentum > 0 ? MakeState("velocity") : [];
    }

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant($"momentum: {momentum}");

    /// <inheritdoc/>
    protected override void Update(in ParameterStep step)
    {
        SgdStep operation = new(keep: momentum, enter: step.LearningRate, along: 1, beside: 0, rate: 1, shrink: 1 - (ScheduleFactor * step.WeightDecay));
        OptimizerSteps.Apply(step.Parameter, step.Gradient, momentum > 0 ? velocity[step.Index].Span : [], [], [], operation);
    }
}
