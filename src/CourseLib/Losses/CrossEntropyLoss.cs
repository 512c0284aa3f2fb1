using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// Cross-entropy -w_t log softmax(x)_t of logits x, with softmax inside (lectures init, "Задачи и функции потерь", and lbd, "Функции потерь", with w and ignore_index).
/// dL/dx = (softmax(x) - onehot(t)) / B without weights. The maximum is subtracted first, so that large logits do not overflow.
/// </summary>
/// <remarks>
/// <para>A mean over class indices divides by the sum of the weights that counted, as torch does, not by B: sum of w_t loss / sum of w_t. Over probabilities it divides by B.</para>
/// <para>A batch of which nothing counts (all targets ignored, or of weight 0) has loss 0 and gradient 0. The mean of nothing is undefined, and torch gives NaN; here a batch of padding teaches nothing and spoils nothing.</para>
/// <para>Label smoothing (Szegedy et al. 2016, "Rethinking the Inception architecture") learns (1 - eps) onehot(t) + eps / C instead of onehot(t): logits then have no reason to grow without end.
/// With class weights, each term of the sum over classes has its own class's weight (torch).</para>
/// </remarks>
public sealed class CrossEntropyLoss : Loss
{
    private readonly ClassTargets classes;
    private readonly int ignoreIndex;
    private readonly double labelSmoothing;

    /// <param name="reduction">Mean or sum over the examples.</param>
    /// <param name="weight">w, a weight for each class [C], such as more for a rare one; 1 each when null. A copy is kept.</param>
    /// <param name="ignoreIndex">The class index of an example that does not count: padding, unknown label.</param>
    /// <param name="labelSmoothing">eps, from 0 to 1.</param>
    /// <exception cref="ArgumentException">The weights are not a vector of numbers of at least 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is not from 0 to 1.</exception>
    public CrossEntropyLoss(Reduction reduction = Reduction.Mean, Tensor? weight = null, int ignoreIndex = -100, double labelSmoothing = 0)
        : base(reduction)
    {
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, FormattableString.Invariant($"CrossEntropyLoss: expected a label smoothing from 0 to 1, got {labelSmoothing}."));
        }

        classes = new ClassTargets(nameof(CrossEntropyLoss), weight, ignoreIndex);
        (this.ignoreIndex, this.labelSmoothing) = (ignoreIndex, labelSmoothing);
    }

    /// <summary>The class index of an example that does not count.</summary>
    public int IgnoreIndex => ignoreIndex;

    /// <inheritdoc/>
    /// <param name="input">Logits [B, C]: the network's output without a softmax.</param>
    /// <param name="target">Class indices [B] as floats, or probabilities [B, C].</param>
    /// <returns>A scalar, or [B] without a reduction.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, a class index is none, or a probability is not from 0 to 1.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        CrossEntropyFunction.CheckShapes(nameof(CrossEntropyLoss), input, target);
        return target.Rank == 2 ? OfProbabilities(input, target) : OfClasses(input, target);
    }

    private Tensor OfClasses(Tensor input, Tensor target)
    {
        int columns = input.Shape[1];
        Tensor weights = classes.RowWeights(target, columns, out double total);
        Tensor targets = target;
        if (labelSmoothing > 0)
        {
            // The weights of the classes go into the distributions, one for each term; what is left for a row is whether it counts.
            targets = Smooth(target, columns);
            for (int i = 0; i < target.Length; i++)
            {
                weights.Span[i] = classes.IsIgnored(target.Span[i]) || total == 0 ? 0 : 1;
            }
        }

        if (Reduction == Reduction.Mean && total == target.Length && classes.Weight is null)
        {
            weights = Tensor.Empty(0); // the plain mean: the kernel divides once, which rounds less than B factors 1/B
        }

        ClassTargets.Divide(weights, total, Reduction);
        return CrossEntropyFunction.Apply(input, targets, weights, Reduction == Reduction.None);
    }

    private Tensor OfProbabilities(Tensor input, Tensor target)
    {
        if (ignoreIndex >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"CrossEntropyLoss: ignoreIndex {ignoreIndex} is for class indices; the target {target.Shape} holds probabilities."), nameof(target));
        }

        RequireProbabilities(target, nameof(target));
        int columns = input.Shape[1];
        classes.CheckClasses(columns);
        if (labelSmoothing > 0)
        {
            target = (target * (1 - labelSmoothing)) + (labelSmoothing / columns);
        }

        if (classes.Weight is { } weight)
        {
            target *= weight;
        }

        Tensor weights = Reduction == Reduction.Mean ? Tensor.Empty(0) : Tensor.Ones(input.Shape[0]);
        return CrossEntropyFunction.Apply(input, target, weights, Reduction == Reduction.None);
    }

    /// <summary>w_c ((1 - eps) onehot(t)_c + eps / C) for each row.</summary>
    private Tensor Smooth(Tensor target, int columns)
    {
        Tensor smooth = Tensor.Empty([target.Length, columns]);
        for (int i = 0; i < smooth.Length; i++)
        {
            double hit = i % columns == target.Span[i / columns] ? 1 - labelSmoothing : 0;
            smooth.Span[i] = (float)((hit + (labelSmoothing / columns)) * (classes.Weight is { } weight ? weight.Span[i % columns] : 1));
        }

        return smooth;
    }
}
