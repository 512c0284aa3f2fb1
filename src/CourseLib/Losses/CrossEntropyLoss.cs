using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// Cross-entropy -log softmax(x)_t of logits x, with softmax inside (lectures init, "Задачи и функции потерь", and lbd, "Функции потерь").
/// dL/dx = (softmax(x) - onehot(t)) / B. The maximum is subtracted first, so that large logits do not overflow.
/// </summary>
/// <param name="reduction">Mean or sum over the examples.</param>
public sealed class CrossEntropyLoss(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <param name="input">Logits [B, C]: the network's output without a softmax.</param>
    /// <param name="target">Class indices [B] as floats, or probabilities [B, C].</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a class index is none.</exception>
    public override Tensor Forward(Tensor input, Tensor target) => CrossEntropyFunction.Apply(input, target, Reduction == Reduction.Sum);
}
