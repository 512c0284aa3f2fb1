using CourseLib.Kernels;
using CourseLib.Kernels.Steps;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer 2011; lectures intro, "Адаптивный подбор размера шага. Adagrad", perc, "Adagrad", cnn, "Адаптивные методы
/// градиентного спуска"): each coordinate's rate is divided by the root of its summed squared gradients. With g = g + weightDecay p and
/// r = lr / (1 + (t - 1) lrDecay):
/// <code>
/// torch              G = G + g^2;  p = p - r g / (sqrt(G) + eps)
/// epsilonInsideRoot  G = G + g^2;  p = p - r g / sqrt(G + eps)      (the lectures)
/// </code>
/// </summary>
/// <remarks>G only grows, so rates only fall: under a constant gradient T steps travel less than 2 lr sqrt(T). torch has eps 1e-10 and starts from G = 0; optax 1e-7 and 0.1.</remarks>
public sealed class Adagrad : Optimizer
{
    private readonly double lrDecay;
    private readonly double eps;
    private readonly bool epsilonInsideRoot;
    private readonly Tensor[] sum;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="lrDecay">Lets the rate fall with the number of steps in addition; the paper has none.</param>
    /// <param name="weightDecay">w: adds w p to the gradient.</param>
    /// <param name="initialAccumulator">G before the first step.</param>
    /// <param name="eps">Keeps the divisor from 0.</param>
    /// <param name="epsilonInsideRoot">eps under the root (the lectures) instead of beside it (torch).</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Adagrad(
        IReadOnlyList<Tensor> parameters,
        double lr = 1e-2,
        double lrDecay = 0,
        double weightDecay = 0,
        double initialAccumulator = 0,
        double eps = 1e-10,
        bool epsilonInsideRoot = false)
        : base(parameters, lr, weightDecay)
    {
        this.lrDecay = Setting.NotNegative(nameof(Adagrad), nameof(lrDecay), lrDecay);
        this.eps = Setting.NotNegative(nameof(Adagrad), nameof(eps), eps);
        this.epsilonInsideRoot = epsilonInsideRoot;
        Setting.NotNegative(nameof(Adagrad), nameof(initialAccumulator), initialAccumulator);
        sum = MakeState("sum_of_squares");
        foreach (Tensor tensor in sum)
        {
            tensor.Fill(initialAccumulator);
        }
    }

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant($"lrDecay: {lrDecay}, eps: {eps}, epsilonInsideRoot: {epsilonInsideRoot}");

    /// <inheritdoc/>
    protected override void Update(in ParameterStep step)
    {
        double rate = step.LearningRate / (1 + ((step.Number - 1) * lrDecay));
        RootMeanSquareStep operation = new(keep: 1, enter: 1, rate, eps, epsilonInsideRoot, step.WeightDecay);
        OptimizerSteps.Apply(step.Parameter, step.Gradient, sum[step.Index].Span, [], [], operation);
    }
}
