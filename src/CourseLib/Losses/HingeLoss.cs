using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// max(0, margin - y x) for a score x and the answer y of -1 or +1: 0 only for an answer that is right by the margin (Cortes and Vapnik 1995, "Support-vector networks").
/// The perceptron's criterion (lecture perc, "Как обучать?") is the same with margin 0. dL/dx = -y where y x is below the margin, else 0.
/// </summary>
/// <param name="margin">How far on the right side a score has to be.</param>
/// <param name="reduction">Mean or sum over the elements.</param>
/// <exception cref="ArgumentOutOfRangeException">The margin is not finite.</exception>
public sealed class HingeLoss(double margin = 1, Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    private readonly double margin = double.IsFinite(margin)
        ? margin
        : throw new ArgumentOutOfRangeException(nameof(margin), margin, FormattableString.Invariant($"HingeLoss: expected a finite margin, got {margin}."));

    /// <inheritdoc/>
    /// <param name="input">Scores of any shape.</param>
    /// <param name="target">-1 or +1, in the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a target is neither -1 nor +1.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        RequireSigns(target);
        return Reduce((margin - (input * target)).Relu());
    }
}
