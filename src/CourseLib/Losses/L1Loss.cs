using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>Absolute error |x - t|, MAE, its mean over all elements or its sum (lecture init, "Задачи и функции потерь"). dL/dx = sign(x - t) / n, and 0 where x = t.</summary>
/// <remarks>Its best constant is the median of the targets, which outliers do not move; its gradient keeps its size to the very minimum, where a fixed learning rate then goes to and fro.</remarks>
/// <param name="reduction">Mean or sum over the elements.</param>
public sealed class L1Loss(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        return Reduce((input - target).Abs());
    }
}
