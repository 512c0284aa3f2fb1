using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// log(1 + e^(-y x)) for a score x and the answer y of -1 or +1: the logistic loss of lecture intro, "Как посчитать производную? Backpropagation". The same number as
/// <see cref="BCEWithLogitsLoss"/> gives for t = (y + 1) / 2; two ways to write down the two classes. dL/dx = -y sigmoid(-y x) / n.
/// </summary>
/// <param name="reduction">Mean or sum over the elements.</param>
public sealed class SoftMarginLoss(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <param name="input">Scores of any shape.</param>
    /// <param name="target">-1 or +1, in the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a target is neither -1 nor +1.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        RequireSigns(target);
        return Reduce(BinaryCrossEntropyFunction.Apply(input, (target + 1) * 0.5));
    }
}
