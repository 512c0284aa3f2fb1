using CourseLib.Kernels;
using CourseLib.Kernels.Steps;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Adadelta (Zeiler 2012; lectures perc, "RMSProp и Adadelta", cnn, "Адаптивные методы градиентного спуска"): RMSprop whose rate is the running size of
/// its own updates, so that formally an update has the units of the parameter. With g = g + weightDecay p:
/// <code>
/// v = rho v + (1 - rho) g^2;  d = sqrt(u + numeratorEps) / sqrt(v + eps) g;  u = rho u + (1 - rho) d^2;  p = p - lr d
/// </code>
/// </summary>
/// <remarks>
/// The paper, and cnn's last formula, have no rate: lr = 1, torch's default. perc multiplies by a rate and has no eps above: with numeratorEps = 0
/// nothing ever moves, since u starts at 0. The paper's rho is 0.95, torch's 0.9. The units come out only formally: the first step is
/// sqrt(numeratorEps / (1 - rho)) whatever the gradient's size (while that is far above sqrt(eps)), so it is numeratorEps that carries them.
/// </remarks>
public sealed class Adadelta : Optimizer
{
    private readonly double rho;
    private readonly double eps;
    private readonly double numeratorEps;
    private readonly Tensor[] square;
    private readonly Tensor[] updates;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate; 1 is the paper's.</param>
    /// <param name="rho">What is kept of both means.</param>
    /// <param name="eps">Under the root of the gradients; with 0 a coordinate whose gradients were all 0 becomes NaN.</param>
    /// <param name="weightDecay">w: adds w p to the gradient.</param>
    /// <param name="numeratorEps">Under the root of the updates; null: eps (paper, torch).</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Adadelta(IReadOnlyList<Tensor> parameters, double lr = 1, double rho = 0.9, double eps = 1e-6, double weightDecay = 0, double? numeratorEps = null)
        : base(parameters, lr, weightDecay)
    {
        this.rho = Setting.Decay(nameof(Adadelta), nameof(rho), rho);
        this.eps = Setting.NotNegative(nameof(Adadelta), nameof(eps), eps);
        this.numeratorEps = Setting.NotNegative(nameof(Adadelta), nameof(numeratorEps), numeratorEps ?? eps);
        square = MakeState("mean_square");
        updates = MakeState("mean_square_update");
    }

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant($"rho: {rho}, eps: {eps}, numeratorEps: {numeratorEps}");

    /// <inheritdoc/>
    protected override void Update(in ParameterStep step)
    {
        AdadeltaStep operation = new(rho, step.LearningRate, eps, numeratorEps, step.WeightDecay);
        OptimizerSteps.Apply(step.Parameter, step.Gradient, square[step.Index].Span, updates[step.Index].Span, [], operation);
    }
}
