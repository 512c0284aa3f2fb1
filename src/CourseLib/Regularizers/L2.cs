using CourseLib.Tensors;

namespace CourseLib.Regularizers;

/// <summary>λ Σw², without a factor 1/2 (lecture perc, "Стандартные методы"; ridge regression): pulls every weight towards 0 in proportion to it, so that all shrink and none vanishes.</summary>
/// <remarks>
/// The derivative is 2 λ w. The optimizers' <c>weightDecay</c> of torch stands for a penalty w/2 Σp², so that SGD and Adam do the same with <c>weightDecay: 2 * lambda</c> on the same parameters (all of them:
/// <see cref="ParameterSet.All"/>). AdamW does something else; see there.
/// </remarks>
/// <param name="lambda">λ, how much the penalty counts beside the loss.</param>
/// <param name="on">Which parameters of a model; <see cref="ParameterSet.Weights"/> when null.</param>
public sealed class L2(double lambda, Func<string, Tensor, bool>? on = null) : Regularizer(lambda, on)
{
    /// <inheritdoc/>
    public override Tensor Penalty(Tensor x) => x.Square().Sum() * Lambda;
}
