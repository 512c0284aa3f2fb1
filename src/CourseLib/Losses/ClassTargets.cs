using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>Class indices as targets: which of them count, and how much.</summary>
/// <param name="loss">The loss's name, for errors.</param>
/// <param name="weight">The weights of the classes, or null for 1 each.</param>
/// <param name="ignoreIndex">The target that does not count; null when all do.</param>
internal sealed class ClassTargets(string loss, Tensor? weight, int? ignoreIndex)
{
    // A copy: the loss outlives the scope in which it may have been made, and nobody changes it from outside.
    private readonly Tensor? weight = Checked(loss, weight);

    /// <summary>The weights of the classes, [C], or null.</summary>
    internal Tensor? Weight => weight;

    /// <summary>Fails with both shapes unless they are [B, C] and [B].</summary>
    internal static void CheckShapes(string loss, Tensor input, Tensor target)
    {
        if (input.Rank != 2 || target.Rank != 1 || target.Length != input.Shape[0])
        {
            throw new ArgumentException($"{loss}: expected an input (batch, classes) and class indices (batch,), got {input.Shape} and {target.Shape}.", nameof(target));
        }
    }

    /// <summary>Fails unless there is a weight for each class.</summary>
    internal void CheckClasses(int classes)
    {
        if (weight is { } given && given.Length != classes)
        {
            throw new ArgumentException($"{loss}: there are {given.Length} class weights, but the input has {classes} classes.", nameof(classes));
        }
    }

    /// <summary>True for a target that does not count.</summary>
    internal bool IsIgnored(float target) => target == ignoreIndex;

    /// <summary>The weight of each target's class, [B], with 0 for those that do not count.</summary>
    /// <param name="target">Class indices [B].</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="total">The sum of the weights: what a weighted mean divides by.</param>
    /// <exception cref="ArgumentException">A target is neither an index of a class nor the ignored one.</exception>
    internal Tensor RowWeights(Tensor target, int classes, out double total)
    {
        CheckClasses(classes);
        Tensor weights = Tensor.Empty(target.Length);
        total = 0;
        for (int i = 0; i < target.Length; i++)
        {
            float index = target.Span[i];
            bool isClass = index >= 0 && index < classes && index == MathF.Floor(index);
            if (!isClass && !IsIgnored(index))
            {
                string ignored = ignoreIndex is { } value ? FormattableString.Invariant($", or {value} to ignore it") : "";
                throw new ArgumentException(FormattableString.Invariant($"{loss}: target {i} is {index}; expected a class, a whole number from 0 to {classes - 1}{ignored}."), nameof(target));
            }

            weights.Span[i] = IsIgnored(index) ? 0 : weight is { } given ? given.Span[(int)index] : 1;
            total += weights.Span[i];
        }

        return weights;
    }

    /// <summary>
    /// Makes weights into factors whose sum of losses is the reduction: over their total for a mean. Nothing counted (total 0) leaves every factor 0:
    /// the loss of such a batch is 0 and so is its gradient. The mean of nothing is undefined and torch gives NaN, but one padded batch must not turn all parameters into NaN.
    /// </summary>
    internal static void Divide(Tensor weights, double total, Reduction reduction)
    {
        if (reduction == Reduction.Mean && total > 0)
        {
            foreach (ref float weight in weights.Span)
            {
                weight = (float)(weight / total);
            }
        }
    }

    /// <summary>A copy of weights, which outlives the scope in which they were made; fails at the first that is not a number of at least 0.</summary>
    internal static Tensor? CopyOfWeights(string loss, Tensor? weight)
    {
        if (weight is not { } given)
        {
            return null;
        }

        for (int i = 0; i < given.Length; i++)
        {
            if (!(given.Span[i] >= 0 && float.IsFinite(given.Span[i])))
            {
                throw new ArgumentException(FormattableString.Invariant($"{loss}: the weight of class {i} is {given.Span[i]}; expected a number of at least 0."), nameof(weight));
            }
        }

        return given.Keep();
    }

    private static Tensor? Checked(string loss, Tensor? weight) => weight is { Rank: not 1 } given
        ? throw new ArgumentException($"{loss}: expected class weights of shape (classes,), got {given.Shape}.", nameof(weight))
        : CopyOfWeights(loss, weight);
}
