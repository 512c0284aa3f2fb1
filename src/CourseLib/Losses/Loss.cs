using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>How the losses of single elements or examples become one number.</summary>
public enum Reduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}

/// <summary>What is minimised (функция потерь): compares a network's output with the target.</summary>
/// <param name="reduction">Whether <see cref="Forward"/> gives a mean over the batch or a sum; a trainer averages over batches accordingly.</param>
public abstract class Loss(Reduction reduction = Reduction.Mean)
{
    /// <summary>How the losses of single elements or examples become one number.</summary>
    public Reduction Reduction { get; } = reduction;

    /// <summary>Computes the loss as a scalar to call <see cref="Tensor.Backward()"/> on.</summary>
    /// <param name="input">The network's output.</param>
    /// <param name="target">What was wanted; its shape is stated by each loss.</param>
    public abstract Tensor Forward(Tensor input, Tensor target);

    /// <summary>Fails with both shapes when they differ.</summary>
    private protected void RequireSameShape(Tensor input, Tensor target)
    {
        if (input.Shape != target.Shape)
        {
            throw new ArgumentException($"{GetType().Name}: expected a target of the input's shape {input.Shape}, got {target.Shape}.", nameof(target));
        }
    }
}
