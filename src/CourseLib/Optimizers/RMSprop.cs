using CourseLib.Kernels;
using CourseLib.Kernels.Steps;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// RMSprop (Hinton 2012, lecture 6e of his course; lectures intro, "Адаптивный подбор размера шага. RMSProp", perc, "RMSProp и Adadelta", cnn,
/// "Адаптивные методы градиентного спуска"): Adagrad with a running mean of squares instead of their sum. With g = g + weightDecay p:
/// <code>
/// v = alpha v + (1 - alpha) g^2
/// torch              d = g / (sqrt(v) + eps)
/// epsilonInsideRoot  d = g / sqrt(v + eps)                  (the lectures)
/// centered           a = alpha a + (1 - alpha) g;  v - a^2 in the place of v under the root, not below 0
/// p = p - lr d;  with momentum: b = momentum b + d, p = p - lr b
/// </code>
/// </summary>
/// <remarks>torch's alpha is 0.99, Hinton's 0.9. torch lets v - a^2 fall below 0 by rounding, which makes NaN.</remarks>
public sealed class RMSprop : Optimizer
{
    private readonly double alpha;
    private readonly double eps;
    private readonly double momentum;
    private readonly bool centered;
    private readonly bool epsilonInsideRoot;
    private readonly Tensor[] square;
    private readonly Tensor[] average;
    private readonly Tensor[] buffer;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="alpha">What is kept of the mean squares: gamma or rho in the lectures.</param>
    /// <param name="eps">Keeps the divisor from 0.</param>
    /// <param name="weightDecay">w: adds w p to the gradient.</param>
    /// <param name="momentum">What is kept of the velocity of scaled gradients.</param>
    /// <param name="centered">Divide by the running standard deviation instead of the root mean square (Graves 2013).</param>
    /// <param name="epsilonInsideRoot">eps under the root (the lectures) instead of beside it (torch).</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public RMSprop(
        IReadOnlyList<Tensor> parameters,
        double lr = 1e-2,
        double alpha = 0.99,
        double eps = 1e-8,
        double weightDecay = 0,
        double momentum = 0,
        bool centered = false,
        bool epsilonInsideRoot = false)
        : base(parameters, lr, weightDecay)
    {
        this.alpha = Setting.Decay(nameof(RMSprop), nameof(alpha), alpha);
        this.eps = Setting.NotNegative(nameof(RMSprop), nameof(eps), eps);
        this.momentum = Setting.NotNegative(nameof(RMSprop), nameof(momentum), momentum);
        this.centered = centered;
        this.epsilonInsideRoot = epsilonInsideRoot;
        square = MakeState("mean_square");
        average = centered ? MakeState("mean") : [];
        buffer = momentum > 0 ? MakeState("velocity") : [];
    }

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant($"alpha: {alpha}, eps: {eps}, momentum: {momentum}, centered: {centered}, epsilonInsideRoot: {epsilonInsideRoot}");

    /// <inheritdoc/>
    protected override void Update(in ParameterStep step)
    {
        RootMeanSquareStep operation = new(alpha, 1 - alpha, step.LearningRate, eps, epsilonInsideRoot, step.WeightDecay, centered, momentum);
        Span<float> mean = centered ? average[step.Index].Span : [];
        Span<float> velocity = momentum > 0 ? buffer[step.Index].Span : [];
        OptimizerSteps.Apply(step.Parameter, step.Gradient, square[step.Index].Span, mean, velocity, operation);
    }
}
