using CourseLib.Kernels;
using CourseLib.Kernels.Steps;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>
/// NAdam, Adam with Nesterov's look-ahead (Dozat 2016; lecture cnn, "Адаптивные методы градиентного спуска", its Algorithm 8). With g = g + weightDecay p
/// and the momentum schedule mu_t = beta1 (1 - 0.96^(t momentumDecay) / 2):
/// <code>
/// m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2
/// p = p - lr ((1 - mu_t) / (1 - mu_1 … mu_t) g + mu_(t+1) / (1 - mu_1 … mu_(t+1)) m) / (sqrt(v) / sqrt(1 - beta2^t) + eps)
/// </code>
/// </summary>
/// <remarks>
/// This is the paper's form and the one that torch documents (one of the two loops of torch 1.13 multiplies mu_t twice into the second product). On the
/// slide the product under m ends at t - 1, which divides by 0 in the first step, and its last line steps along the corrected m, so that the look-ahead
/// average computed in the line above is never used.
/// </remarks>
public sealed class NAdam : Optimizer
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double eps;
    private readonly double momentumDecay;
    private readonly Tensor[] first;
    private readonly Tensor[] second;
    private readonly (int Steps, double Value)[] products;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="beta1">Decay of the first moment, and what mu_t tends to.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="eps">Added to the root of the second moment.</param>
    /// <param name="weightDecay">w: adds w p to the gradient.</param>
    /// <param name="momentumDecay">How fast mu_t grows to beta1.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public NAdam(
        IReadOnlyList<Tensor> parameters,
        double lr = 2e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weightDecay = 0,
        double momentumDecay = 4e-3)
        : base(parameters, lr, weightDecay)
    {
        this.beta1 = Setting.Decay(nameof(NAdam), nameof(beta1), beta1);
        this.beta2 = Setting.Decay(nameof(NAdam), nameof(beta2), beta2);
        this.eps = Setting.NotNegative(nameof(NAdam), nameof(eps), eps);
        this.momentumDecay = Setting.NotNegative(nameof(NAdam), nameof(momentumDecay), momentumDecay);
        first = MakeState("first_moment");
        second = MakeState("second_moment");
        products = new (int, double)[Parameters.Count];
    }

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant($"beta1: {beta1}, beta2: {beta2}, eps: {eps}, momentumDecay: {momentumDecay}");

    /// <inheritdoc/>
    protected override void Update(in ParameterStep step)
    {
        double product = Product(step.Index, step.Number);
        double next = Momentum(step.Number + 1);
        NAdamStep operation = new(
            beta1,
            beta2,
            beside: step.LearningRate * (1 - Momentum(step.Number)) / (1 - product),
            along: step.LearningRate * next / (1 - (product * next)),
            root: Math.Sqrt(1 - Math.Pow(beta2, step.Number)),
            eps,
            step.WeightDecay);
        OptimizerSteps.Apply(step.Parameter, step.Gradient, first[step.Index].Span, second[step.Index].Span, [], operation);
    }

    private double Momentum(int step) => beta1 * (1 - (0.5 * Math.Pow(0.96, step * momentumDecay)));

    /// <summary>mu_1 … mu_t: one factor more than last time, or, after <see cref="Optimizer.LoadState"/>, all of them in the same order.</summary>
    private double Product(int index, int step)
    {
        (int done, double value) = products[index].Steps < step && products[index].Steps > 0 ? products[index] : (0, 1);
        // Every factor is at most beta1: after some hundred steps the product is lost beside the 1 that it is taken from. It never becomes 0: 0.9 times the
        // smallest number is rounded to that number again.
        while (done < step && 1 - value < 1)
        {
            value *= Momentum(++done);
        }

        products[index] = (step, value);
        return value;
    }
}
