using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// Squared error near the target and absolute error far from it: d^2 / 2 for d = |x - t| up to delta, delta (d - delta / 2) beyond
/// (Huber 1964, "Robust estimation of a location parameter"; between the MSE and the MAE of lecture init, "Задачи и функции потерь").
/// </summary>
/// <param name="reduction">Mean or sum over the elements.</param>
/// <param name="delta">Where the parabola goes over into the line; positive.</param>
/// <exception cref="ArgumentOutOfRangeException">delta is not a positive number.</exception>
public sealed class HuberLoss(Reduction reduction = Reduction.Mean, double delta = 1) : Loss(reduction)
{
    private readonly double delta = delta > 0 && double.IsFinite(delta)
        ? delta
        : throw new ArgumentOutOfRangeException(nameof(delta), delta, FormattableString.Invariant($"HuberLoss: expected a positive delta, got {delta}."));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        RequireSameShape(input, target);
        return Reduce(Of(input, target, delta));
    }

    /// <summary>Both branches in one formula: m (d - m / 2) with m = min(d, delta).</summary>
    internal static Tensor Of(Tensor input, Tensor target, double delta)
    {
        Tensor distance = (input - target).Abs();
        Tensor near = -(-distance).Maximum(Tensor.Scalar(-delta));
        return near * (distance - (near * 0.5));
    }
}
