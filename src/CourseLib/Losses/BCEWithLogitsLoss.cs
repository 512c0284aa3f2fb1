using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// Binary cross-entropy -t log p - (1 - t) log(1 - p) with p = sigmoid(x), computed from the logit x, where it stays finite
/// (lecture init, "Задачи и функции потерь"). dL/dx = (p - t) / n.
/// </summary>
/// <param name="reduction">Mean or sum over the elements.</param>
public sealed class BCEWithLogitsLoss(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <param name="input">Logits of any shape.</param>
    /// <param name="target">Probabilities t from 0 to 1, in the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a target is no probability.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        RequireProbabilities(target, nameof(target));
        return Reduce(BinaryCrossEntropyFunction.Apply(input, target));
    }
}
