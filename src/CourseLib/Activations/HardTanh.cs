using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>x limited to [low, high]; the derivative is 1 strictly between the ends, else 0 (torch). The piecewise-linear relative of tanh (lecture perc, "tanh").</summary>
/// <param name="low">Least value.</param>
/// <param name="high">Largest value.</param>
public sealed class HardTanh(double low = -1, double high = 1) : Module
{
    private readonly double low = low < high
        ? low
        : throw new ArgumentException(FormattableString.Invariant($"HardTanh: expected low < high, got {low} and {high}."), nameof(low));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.HardTanh(this.low, high);

    /// <inheritdoc/>
    public override string ToString() => $"HardTanh({Text(this.low)}, {Text(high)})";
}
