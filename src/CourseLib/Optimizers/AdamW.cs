using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019; lecture cnn, "Adam, AdamW и другие животные"): the decay does not pass through the
/// moments. p = s p; then as <see cref="Adam"/> without decay, with
/// <code>
/// torch              s = 1 - lr w
/// paper, the slide   s = 1 - eta_t w, where eta_t is the learning rate relative to the one at the start
/// </code>
/// </summary>
/// <remarks>torch's default decay is 1e-2 (optax 1e-4). The paper subtracts eta_t w p together with the step, which is the same.</remarks>
public sealed class AdamW : Optimizer
{
    private readonly Moments moments;
    private readonly WeightDecayForm form;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="eps">Keeps the divisor from 0.</param>
    /// <param name="weightDecay">w: shrinks p in each step.</param>
    /// <param name="amsgrad">Divide by the largest second moment so far; see <see cref="Adam"/>.</param>
    /// <param name="form">torch's decay or the paper's.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public AdamW(
        IReadOnlyList<Tensor> parameters,
        double lr = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weightDecay = 1e-2,
        bool amsgrad = false,
        WeightDecayForm form = WeightDecayForm.ByRate)
        : base(parameters, lr, weightDecay)
    {
        moments = new Moments(nameof(AdamW), MakeState, beta1, beta2, eps, amsgrad, epsilonInsideRoot: false, biasCorrection: true);
        this.form = form;
        if (form == WeightDecayForm.BySchedule)
        {
            Setting.Positive(nameof(AdamW), nameof(lr), lr); // the decay follows the rate relative to it
        }
    }

    /// <inheritdoc/>
    protected override string Settings => $"{moments}, form: {form}";

    /// <inheritdoc/>
    protected override void Update(in ParameterStep step) =>
        moments.Update(step, shrink: 1 - ((form == WeightDecayForm.ByRate ? step.LearningRate : ScheduleFactor) * step.WeightDecay));
}
