using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019; lecture cnn, "Adam, AdamW и другие животные"): p is multiplied by 1 - lr w before the
/// step, and the decay does not pass through the moments.
/// </summary>
/// <remarks>Here, as in torch, the decay is multiplied by lr; the slide and the paper decay by eta_t w with a schedule factor eta_t only. torch's default is 1e-2 (optax 1e-4).</remarks>
public sealed class AdamW : Optimizer
{
    private readonly AdamState state;
    private readonly double weightDecay;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="eps">Added to the root of the second moment.</param>
    /// <param name="weightDecay">w: shrinks p by the factor 1 - lr w in each step.</param>
    public AdamW(IReadOnlyList<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 1e-2)
        : base(parameters, lr)
    {
        state = new AdamState(nameof(AdamW), beta1, beta2, eps, weightDecay, MakeState(), MakeState());
        this.weightDecay = weightDecay;
    }

    /// <inheritdoc/>
    protected override void Update(int index, Span<float> parameter, ReadOnlySpan<float> gradient)
    {
        int step = ++state.Steps[index];
        state.Update(index, parameter, gradient, AdamCoefficients.AdamW(step, LearningRate, state.Beta1, state.Beta2, state.Epsilon, weightDecay));
    }
}
