using CourseLib.Tensors;

namespace CourseLib.Regularizers;

/// <summary>λ Σw², without a factor 1/2 (lecture perc, "Стандартные методы"; ridge regression): pulls every weight towards 0 in proportion to it, so that all shrink and none vanishes.</summary>
/// <remarks>
/// The derivative is 2 λ w: with SGD, momentum included, it is <c>weightDecay: 2 * lambda</c> on the same parameters, for torch's weight decay w stands for w/2 Σp². In Adam's the penalty's gradient
/// goes through the moments; see AdamW.
/// </remarks>
public sealed class L2 : Regularizer
{
    /// <inheritdoc cref="Regularizer(double, Func{string, Tensor, bool})"/>
    public L2(double lambda, Func<string, Tensor, bool>? on = null)
        : base(lambda, on)
    {
    }

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor x) => x.Square().Sum() * Lambda;
}
