using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Regularizers;

/// <summary>λ Σ|w| (lecture perc, "Стандартные методы"; the lasso, Tibshirani 1996): pulls every weight towards 0 by the same λ, however small it is, so that useless ones end at 0.</summary>
/// <remarks>
/// The derivative is λ sign(w), taken as 0 at 0. A step of size η overshoots 0 by at most η λ: added to a loss, the penalty brings weights to within that of 0. Exact zeros come from
/// <see cref="Shrink(Module, double)"/> after each step, in place of the penalty.
/// </remarks>
/// <param name="lambda">λ, how much the penalty counts beside the loss.</param>
/// <param name="on">Which parameters of a model; <see cref="ParameterSet.Weights"/> when null.</param>
public sealed class L1(double lambda, Func<string, Tensor, bool>? on = null) : Regularizer(lambda, on)
{
    /// <inheritdoc/>
    public override Tensor Penalty(Tensor x) => x.Abs().Sum() * Lambda;

    /// <summary>The proximal step of the penalty (soft threshold; ISTA, Beck and Teboulle 2009): w = sign(w) max(|w| - η λ, 0), which makes small weights exactly 0.</summary>
    /// <example><c>trainer.StepCompleted += step => l1.Shrink(model, step.LearningRate);</c></example>
    /// <param name="model">The selected parameters of this model are changed.</param>
    /// <param name="rate">η, the learning rate of the step.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public void Shrink(Module model, double rate)
    {
        if (!(rate >= 0 && double.IsFinite(rate)))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, FormattableString.Invariant($"L1.Shrink: expected a finite rate from 0 on, got {rate}."));
        }

        float threshold = (float)(rate * Lambda);
        foreach (Tensor parameter in Select(model))
        {
            foreach (ref float w in parameter.Span)
            {
                w = MathF.Abs(w) <= threshold ? 0 : w - MathF.CopySign(threshold, w);
            }
        }
    }
}
