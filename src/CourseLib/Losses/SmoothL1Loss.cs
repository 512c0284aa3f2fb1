using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// Absolute error whose tip is rounded by a parabola: d^2 / (2 beta) for d = |x - t| below beta, d - beta / 2 beyond; <see cref="HuberLoss"/> over beta
/// (Girshick 2015, "Fast R-CNN"; the MAE of lecture init, "Задачи и функции потерь", with a gradient that goes to 0).
/// </summary>
/// <param name="reduction">Mean or sum over the elements.</param>
/// <param name="beta">Where the parabola ends; 0 gives <see cref="L1Loss"/>.</param>
/// <exception cref="ArgumentOutOfRangeException">beta is negative or not a number.</exception>
public sealed class SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1) : Loss(reduction)
{
    private readonly double beta = beta >= 0 && double.IsFinite(beta)
        ? beta
        : throw new ArgumentOutOfRangeException(nameof(beta), beta, FormattableString.Invariant($"SmoothL1Loss: expected a beta of at least 0, got {beta}."));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        return Reduce(beta == 0 ? (input - target).Abs() : HuberLoss.Of(input, target, beta) / beta);
    }
}
