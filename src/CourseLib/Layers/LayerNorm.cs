using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// Layer normalisation: each example is normalised over its own last axes, so that nothing depends on the batch (Ba, Kiros and Hinton 2016;
/// lecture perc, "Итоги" of batch normalisation).
/// </summary>
public sealed class LayerNorm : Module
{
    private readonly double epsilon;

    /// <param name="normalizedShape">The sizes of the last axes, which are normalised together.</param>
    /// <exception cref="ArgumentException">There is no axis, or one of size 0.</exception>
    public LayerNorm(params ReadOnlySpan<int> normalizedShape)
        : this(1e-5, normalizedShape)
    {
    }

    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="normalizedShape">The sizes of the last axes, which are normalised together.</param>
    /// <exception cref="ArgumentException">There is no axis, or one of size 0; or epsilon is negative.</exception>
    public LayerNorm(double epsilon, ReadOnlySpan<int> normalizedShape)
    {
        Shape shape = new(normalizedShape);
        if (shape.Rank == 0 || shape.ElementCount == 0)
        {
            throw new ArgumentException($"LayerNorm: expected the sizes of the last axes, each at least 1, got {shape}.", nameof(normalizedShape));
        }

        if (!(epsilon >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "LayerNorm: expected epsilon from 0 on.");
        }

        this.epsilon = epsilon;
        Weight = Parameter("weight", Tensor.Ones(shape));
        Bias = Parameter("bias", Tensor.Zeros(shape));
    }

    /// <summary>gamma, one for each feature; starts at 1.</summary>
    public Tensor Weight { get; }

    /// <summary>beta, one for each feature; starts at 0.</summary>
    public Tensor Bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input's last axes are not the layer's.</exception>
    public override Tensor Forward(Tensor x) => Functional.LayerNorm(x, Weight, Bias, epsilon);

    /// <inheritdoc/>
    public override string ToString() => $"LayerNorm{Weight.Shape}";
}
