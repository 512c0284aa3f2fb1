using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2015; lectures intro, "Адаптивный подбор размера шага. Adam", perc, "Adam", cnn, "Адаптивные методы градиентного спуска") and
/// AMSGrad (Reddi et al. 2018; cnn, "Super-Convergence и amsgrad"):
/// g = g + weightDecay p; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; h = v, with amsgrad h = max(h, v); and then
/// <code>
/// paper, torch           p = p - lr / (1 - beta1^t) m / (sqrt(h) / sqrt(1 - beta2^t) + eps)
/// epsilonInsideRoot      p = p - lr / (1 - beta1^t) m / (sqrt(h + eps (1 - beta2^t)) / sqrt(1 - beta2^t)), so that the root is of h / (1 - beta2^t) + eps
/// biasCorrection: false  the same with 1 for both corrections
/// the three lectures     biasCorrection: false, epsilonInsideRoot: true: p = p - lr m / sqrt(v + eps)
/// Reddi's AMSGrad        amsgrad: true, biasCorrection: false: p = p - lr m / (sqrt(h) + eps), where the paper has no eps
/// </code>
/// </summary>
/// <remarks>
/// torch's AMSGrad takes the maximum over the v before correction, as here, and then corrects. Weight decay here is an L2 penalty; see <see cref="AdamW"/>.
/// </remarks>
public sealed class Adam : Optimizer
{
    private readonly Moments moments;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="eps">Keeps the divisor from 0; with 0 a coordinate whose gradients were all 0 becomes NaN.</param>
    /// <param name="weightDecay">w: adds w p to the gradient.</param>
    /// <param name="amsgrad">Divide by the largest second moment so far: then no rate ever grows.</param>
    /// <param name="epsilonInsideRoot">eps under the root (the lectures) instead of beside it (paper, torch).</param>
    /// <param name="biasCorrection">Divide the moments by what they lack from having started at 0 (paper, torch; not in the lectures).</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Adam(
        IReadOnlyList<Tensor> parameters,
        double lr = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weightDecay = 0,
        bool amsgrad = false,
        bool epsilonInsideRoot = false,
        bool biasCorrection = true)
        : base(parameters, lr, weightDecay) =>
        moments = new Moments(nameof(Adam), MakeState, beta1, beta2, eps, amsgrad, epsilonInsideRoot, biasCorrection);

    /// <inheritdoc/>
    protected override string Settings => moments.ToString();

    /// <inheritdoc/>
    protected override void Update(in ParameterStep step) => moments.Update(step, weightDecay: step.WeightDecay);
}
