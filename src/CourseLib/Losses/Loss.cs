using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>What is minimised (функция потерь): compares a network's output with the target.</summary>
/// <param name="reduction">Whether <see cref="Forward"/> gives a mean over the batch or a sum; a trainer averages over batches accordingly.</param>
public abstract class Loss(Reduction reduction = Reduction.Mean)
{
    /// <summary>How the losses of single elements or examples become one number.</summary>
    public Reduction Reduction { get; } = reduction;

    /// <summary>Computes the loss: with a mean or a sum a scalar to call <see cref="Tensor.Backward()"/> on.</summary>
    /// <param name="input">The network's output.</param>
    /// <param name="target">What was wanted; its shape is stated by each loss.</param>
    public abstract Tensor Forward(Tensor input, Tensor target);

    /// <summary>The losses of single elements, reduced as was asked for.</summary>
    private protected Tensor Reduce(Tensor losses) => losses.Reduced(Reduction);

    /// <summary>Fails with both shapes when they differ.</summary>
    private protected void RequireSameShape(Tensor input, Tensor target)
    {
        if (input.Shape != target.Shape)
        {
            throw new ArgumentException($"{GetType().Name}: expected a target of the input's shape {input.Shape}, got {target.Shape}.", nameof(target));
        }
    }

    /// <summary>Fails with the place of the first number that is not from 0 to 1.</summary>
    private protected void RequireProbabilities(Tensor tensor, string argument)
    {
        ReadOnlySpan<float> values = tensor.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= 0 && values[i] <= 1))
            {
                throw new ArgumentException(FormattableString.Invariant($"{GetType().Name}: element {i} of the {argument} is {values[i]}; expected a probability from 0 to 1."), argument);
            }
        }
    }

    /// <summary>Fails with the place of the first number that is neither -1 nor +1.</summary>
    private protected void RequireSigns(Tensor target)
    {
        ReadOnlySpan<float> values = target.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is not (1 or -1))
            {
                throw new ArgumentException(FormattableString.Invariant($"{GetType().Name}: element {i} of the target is {values[i]}; expected -1 or +1, the two classes."), nameof(target));
            }
        }
    }
}
