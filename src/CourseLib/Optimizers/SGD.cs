using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum (lectures intro, perc and cnn, "Momentum", "Метод моментов"), in torch's form: v = momentum v + (1 - dampening) g,
/// p -= lr v; Nesterov steps along g + momentum v.
/// </summary>
/// <remarks>
/// The lectures print v = momentum v + lr g, p -= v (Sutskever et al. 2013). The two agree while lr stays the same and differ when it changes: here the
/// whole velocity is scaled by the new rate, there the old part keeps the old one.
/// </remarks>
public sealed class SGD : Optimizer
{
    private readonly double momentum;
    private readonly double dampening;
    private readonly double weightDecay;
    private readonly bool nesterov;
    private readonly Tensor[] velocity;
    private readonly bool[] hasVelocity;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="momentum">The part of the velocity that is kept; from 1 on nothing slows it down.</param>
    /// <param name="dampening">The part of the gradient that does not enter the velocity.</param>
    /// <param name="weightDecay">w: adds w p to the gradient, an L2 penalty w/2 |p|^2.</param>
    /// <param name="nesterov">Look ahead; needs a momentum and no dampening.</param>
    /// <exception cref="ArgumentException">Nesterov without momentum or with dampening; a setting out of its range.</exception>
    public SGD(IReadOnlyList<Tensor> parameters, double lr, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false)
        : base(parameters, lr)
    {
        if (!(double.IsFinite(momentum) && momentum >= 0 && dampening >= 0 && dampening <= 1 && weightDecay >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(momentum), FormattableString.Invariant($"SGD: expected momentum from 0 on, dampening in [0, 1] and weightDecay from 0 on; got {momentum}, {dampening}, {weightDecay}."));
        }

        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException("SGD: Nesterov's look-ahead needs a momentum above 0 and no dampening.", nameof(nesterov));
        }

        this.momentum = momentum;
        this.dampening = dampening;
        this.weightDecay = weightDecay;
        this.nesterov = nesterov;
        velocity = momentum > 0 ? MakeState() : [];
        hasVelocity = new bool[parameters.Count];
    }

    /// <inheritdoc/>
    protected override void Update(int index, Span<float> parameter, ReadOnlySpan<float> gradient)
    {
        Span<float> v = momentum > 0 ? velocity[index].Span : [];
        OptimizerSteps.Sgd(parameter, gradient, v, new SgdCoefficients(LearningRate, momentum, dampening, weightDecay, nesterov, FirstStep: !hasVelocity[index]));
        hasVelocity[index] = true;
    }
}
