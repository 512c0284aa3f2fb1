using CourseLib.Tensors;

namespace CourseLib.Regularizers;

/// <summary>λ Σ|w| (lecture perc, "Стандартные методы"; the lasso, Tibshirani 1996): pulls every weight towards 0 by the same λ, however small it is, so that useless ones end at 0.</summary>
/// <remarks>The derivative is λ sign(w), taken as 0 at 0. A step of size η overshoots 0 by at most η λ: weights come to within that of 0 rather than to it exactly.</remarks>
public sealed class L1 : Regularizer
{
    /// <inheritdoc cref="Regularizer(double, Func{string, Tensor, bool})"/>
    public L1(double lambda, Func<string, Tensor, bool>? on = null)
        : base(lambda, on)
    {
    }

    /// <inheritdoc/>
    public override Tensor Penalty(Tensor x) => x.Abs().Sum() * Lambda;
}
