using CourseLib.Kernels;
using CourseLib.Kernels.Steps;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share: the moments of every parameter and the settings of their step.</summary>
internal sealed class Moments
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double eps;
    private readonly bool epsilonInsideRoot;
    private readonly bool biasCorrection;
    private readonly Tensor[] first;
    private readonly Tensor[] second;
    private readonly Tensor[] largest;

    internal Moments(string optimizer, Func<string, Tensor[]> makeState, double beta1, double beta2, double eps, bool amsgrad, bool epsilonInsideRoot, bool biasCorrection)
    {
        this.beta1 = Setting.Decay(optimizer, nameof(beta1), beta1);
        this.beta2 = Setting.Decay(optimizer, nameof(beta2), beta2);
        this.eps = Setting.NotNegative(optimizer, nameof(eps), eps);
        this.epsilonInsideRoot = epsilonInsideRoot;
        this.biasCorrection = biasCorrection;
        first = makeState("first_moment");
        second = makeState("second_moment");
        largest = amsgrad ? makeState("largest_second_moment") : [];
    }

    /// <summary>The settings, in the invariant culture.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"beta1: {beta1}, beta2: {beta2}, eps: {eps}, amsgrad: {largest.Length > 0}, epsilonInsideRoot: {epsilonInsideRoot}, biasCorrection: {biasCorrection}");

    internal void Update(in ParameterStep step, double weightDecay = 0, double shrink = 1)
    {
        AdamStep operation = new(biasCorrection ? step.Number : 0, step.LearningRate, beta1, beta2, eps, epsilonInsideRoot, weightDecay, shrink);
        Span<float> maximum = largest.Length > 0 ? largest[step.Index].Span : [];
        OptimizerSteps.Apply(step.Parameter, step.Gradient, first[step.Index].Span, second[step.Index].Span, maximum, operation);
    }
}
