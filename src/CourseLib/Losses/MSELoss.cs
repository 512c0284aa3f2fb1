using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>Squared error (x - t)^2, its mean over all elements or its sum (lectures init, "Задачи и функции потерь", and lbd, "Функции потерь"). dL/dx = 2 (x - t) / n.</summary>
/// <param name="reduction">Mean or sum over the elements.</param>
public sealed class MSELoss(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        Tensor squares = (input - target).Square();
        return Reduction == Reduction.Mean ? squares.Mean() : squares.Sum();
    }
}
