using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>What Adam and its relatives remember: both moments of every parameter and how many steps it has taken.</summary>
internal sealed class AdamState
{
    private readonly Tensor[] firstMoment;
    private readonly Tensor[] secondMoment;

    internal AdamState(string optimizer, double beta1, double beta2, double epsilon, double weightDecay, Tensor[] firstMoment, Tensor[] secondMoment)
    {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon >= 0 && weightDecay >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(beta1), FormattableString.Invariant($"{optimizer}: expected beta1 and beta2 in [0, 1), eps and weightDecay from 0 on; got {beta1}, {beta2}, {epsilon}, {weightDecay}."));
        }

        (Beta1, Beta2, Epsilon) = (beta1, beta2, epsilon);
        (this.firstMoment, this.secondMoment) = (firstMoment, secondMoment);
        Steps = new int[firstMoment.Length];
    }

    internal double Beta1 { get; }

    internal double Beta2 { get; }

    internal double Epsilon { get; }

    /// <summary>Steps taken by each parameter; one without a gradient takes none.</summary>
    internal int[] Steps { get; }

    internal void Update(int index, Span<float> parameter, ReadOnlySpan<float> gradient, in AdamCoefficients coefficients) =>
        OptimizerSteps.Adam(parameter, gradient, firstMoment[index].Span, secondMoment[index].Span, coefficients);
}
