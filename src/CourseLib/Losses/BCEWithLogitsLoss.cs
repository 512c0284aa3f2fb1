using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// Binary cross-entropy -t log p - (1 - t) log(1 - p) with p = sigmoid(x), computed from the logit x, where it stays finite
/// (lecture init, "Задачи и функции потерь"). dL/dx = (p - t) / n.
/// </summary>
/// <remarks>
/// <paramref name="posWeight"/> multiplies the first term: a missed positive costs so many times more than a false alarm ("цена ошибки" of that slide). The best p is then
/// w q / (w q + 1 - q) for a true probability q: as good as a lower threshold, but no longer a probability.
/// </remarks>
/// <param name="reduction">Mean or sum over the elements.</param>
/// <param name="posWeight">w, a number or one for each column, of a shape that broadcasts to the input's; 1 when null. A copy is kept.</param>
/// <exception cref="ArgumentException">A weight is not a number of at least 0.</exception>
public sealed class BCEWithLogitsLoss(Reduction reduction = Reduction.Mean, Tensor? posWeight = null) : Loss(reduction)
{
    private readonly Tensor? posWeight = ClassTargets.CopyOfWeights(nameof(BCEWithLogitsLoss), posWeight);

    /// <inheritdoc/>
    /// <param name="input">Logits of any shape.</param>
    /// <param name="target">Probabilities t from 0 to 1, in the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a target is no probability.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        RequireProbabilities(target, nameof(target));
        return Reduce(posWeight is { } weight ? Weighted(input, target, weight) : BinaryCrossEntropyFunction.Apply(input, target));
    }

    /// <summary>With -log p = log(1 + e^-x) and -log(1 - p) = x + log(1 + e^-x), the loss is (1 - t) x + (1 + (w - 1) t) log(1 + e^-x).</summary>
    private static Tensor Weighted(Tensor input, Tensor target, Tensor weight)
    {
        if (Shape.Broadcast(nameof(BCEWithLogitsLoss), input.Shape, weight.Shape) != input.Shape)
        {
            throw new ArgumentException($"BCEWithLogitsLoss: the weights {weight.Shape} do not broadcast to the input {input.Shape}.", nameof(weight));
        }

        return ((1 - target) * input) + ((((weight - 1) * target) + 1) * (-input).Softplus());
    }
}
