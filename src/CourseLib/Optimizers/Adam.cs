using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2015; lectures intro, perc and cnn): m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, both corrected for their start at
/// 0, p -= lr m' / (sqrt(v') + eps).
/// </summary>
/// <remarks>Three slides leave out the bias correction and put eps inside the root; this is the paper's and torch's form. Weight decay here is an L2 penalty; see <see cref="AdamW"/>.</remarks>
public sealed class Adam : Optimizer
{
    private readonly AdamState state;
    private readonly double weightDecay;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="eps">Added to the root of the second moment.</param>
    /// <param name="weightDecay">w: adds w p to the gradient.</param>
    public Adam(IReadOnlyList<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0)
        : base(parameters, lr)
    {
        state = new AdamState(nameof(Adam), beta1, beta2, eps, weightDecay, MakeState(), MakeState());
        this.weightDecay = weightDecay;
    }

    /// <inheritdoc/>
    protected override void Update(int index, Span<float> parameter, ReadOnlySpan<float> gradient)
    {
        int step = ++state.Steps[index];
        state.Update(index, parameter, gradient, AdamCoefficients.Adam(step, LearningRate, state.Beta1, state.Beta2, state.Epsilon, weightDecay));
    }
}
