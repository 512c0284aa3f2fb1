using CourseLib.Kernels;
using CourseLib.Kernels.Steps;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum (lectures intro, "Метод инерции, momentum", perc, "Momentum (метод импульсов)", cnn, "Метод моментов"):
/// g = g + weightDecay p, and then, with v = 0 before the first step,
/// <code>
/// plain              p = p - lr g
/// torch              v = mu v + (1 - dampening) g;  p = p - lr v         (first step: v = g)
/// torch, Nesterov    v = mu v + g;                  p = p - lr (g + mu v)
/// classic            v = mu v + lr g;               p = p - v
/// classic, Nesterov  v = mu v + lr g;               p = p - (lr g + mu v)
/// </code>
/// </summary>
/// <remarks>
/// <see cref="MomentumForm"/> says when torch's form and the lectures' differ. Nesterov's gradient is taken where the momentum would carry the point:
/// v = mu v + lr grad F(x - mu v), x = x - v (lectures). Both Nesterov forms here hold that looked-ahead point p = x - mu v, because that is where the
/// model computes its gradient; putting p for x - mu v into the lectures' two lines gives the classic form above, at every schedule of rates. The
/// lectures' x is p + mu v.
/// </remarks>
public sealed class SGD : Optimizer
{
    private readonly double dampening;
    private readonly bool nesterov;
    private readonly MomentumForm form;
    private readonly Tensor[] velocity;
    private readonly StateNumber? mu;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="momentum">mu, the part of the velocity that is kept; from 1 on nothing slows it down.</param>
    /// <param name="dampening">The part of the gradient that does not enter the velocity.</param>
    /// <param name="weightDecay">w: adds w p to the gradient, an L2 penalty w/2 |p|^2.</param>
    /// <param name="nesterov">Look ahead; needs a momentum and no dampening.</param>
    /// <param name="form">torch's momentum or the lectures'.</param>
    /// <exception cref="ArgumentException">Nesterov without momentum or with dampening, dampening of the classic form; a setting out of its range.</exception>
    public SGD(
        IReadOnlyList<Tensor> parameters,
        double lr,
        double momentum = 0,
        double dampening = 0,
        double weightDecay = 0,
        bool nesterov = false,
        MomentumForm form = MomentumForm.Torch)
        : base(parameters, lr, weightDecay)
    {
        Setting.NotNegative(nameof(SGD), nameof(momentum), momentum);
        this.dampening = Setting.Part(nameof(SGD), nameof(dampening), dampening);
        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException("SGD: Nesterov's look-ahead needs a momentum above 0 and no dampening.", nameof(nesterov));
        }

        if (form == MomentumForm.Classic && dampening != 0)
        {
            throw new ArgumentException("SGD: the classic form of momentum has no dampening; expected 0.", nameof(dampening));
        }

        this.nesterov = nesterov;
        this.form = form;
        velocity = momentum > 0 ? MakeState("velocity") : [];
        mu = momentum > 0 ? new StateNumber(AddState("momentum", Tensor.Zeros(3))) : null;
        Momentum = momentum;
    }

    /// <summary>mu; a schedule may set it before a step, as one-cycle does: <c>trainer.StepCompleted += step => sgd.Momentum = momentum(step.Step);</c></summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, is 0 for an optimizer with a velocity, or is not 0 for one that was made without.</exception>
    public double Momentum
    {
        get => mu?.Value ?? 0;
        set
        {
            if (Setting.NotNegative(nameof(SGD), nameof(Momentum), value) > 0 != mu is not null)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"SGD: it was made {(mu is null ? "without momentum; expected 0" : "with momentum; expected one above 0")}, got {value}."));
            }

            if (mu is not null)
            {
                mu.Value = value; // part of the state: a schedule set it for the next step
            }
        }
    }

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant($"momentum: {Momentum}, dampening: {dampening}, nesterov: {nesterov}, form: {form}");

    /// <inheritdoc/>
    protected override void Update(in ParameterStep step)
    {
        (double lr, double decay) = (step.LearningRate, step.WeightDecay);
        Span<float> v = Momentum > 0 ? velocity[step.Index].Span : [];
        SgdStep operation = (form, nesterov) switch
        {
            _ when Momentum == 0 => new(keep: 0, enter: 1, along: 1, beside: 0, rate: lr, decay),
            (MomentumForm.Classic, false) => new(keep: Momentum, enter: lr, along: 1, beside: 0, rate: 1, decay),
            (MomentumForm.Classic, true) => new(keep: Momentum, enter: lr, along: Momentum, beside: lr, rate: 1, decay),
            (_, true) => new(keep: Momentum, enter: 1, along: Momentum, beside: 1, rate: lr, decay),
            _ => new(keep: Momentum, enter: step.Number == 1 ? 1 : 1 - dampening, along: 1, beside: 0, rate: lr, decay),
        };
        OptimizerSteps.Apply(step.Parameter, step.Gradient, v, [], [], operation);
    }
}
