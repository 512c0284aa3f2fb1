using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// Binary cross-entropy -t log p - (1 - t) log(1 - p) of probabilities p (lecture init, "Задачи и функции потерь"; lecture intro calls it log loss).
/// dL/dp = (p - t) / (p (1 - p) n).
/// </summary>
/// <remarks>
/// A logarithm is not taken below -100 (as torch), where the slide's formula gives infinity at p = 0 and p = 1. That keeps the loss finite, but a sigmoid
/// that was rounded to 0 or 1 has lost its gradient already: train with <see cref="BCEWithLogitsLoss"/>, which takes the logit.
/// </remarks>
/// <param name="reduction">Mean or sum over the elements.</param>
public sealed class BCELoss(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <param name="input">Probabilities p from 0 to 1 of any shape: the output of a sigmoid.</param>
    /// <param name="target">Probabilities t from 0 to 1, in the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a number is no probability.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        RequireProbabilities(input, nameof(input));
        RequireProbabilities(target, nameof(target));
        return Reduce(ProbabilityCrossEntropyFunction.Apply(input, target));
    }
}
