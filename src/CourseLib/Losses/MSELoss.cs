using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>Squared error (x - t)^2, its mean over all elements or its sum (lectures init, "Задачи и функции потерь", and lbd, "Функции потерь"). dL/dx = 2 (x - t) / n.</summary>
/// <remarks>Its best constant is the mean of the targets, so that a single outlier moves it; see <see cref="L1Loss"/>.</remarks>
/// <param name="reduction">Mean or sum over the elements.</param>
public sealed class MSELoss(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        return Reduce((input - target).Square());
    }
}
