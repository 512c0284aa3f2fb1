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
    public LayerNorm(params ReadOnlySpan<int> normalizedShape)
        : this(1e-5, normalizedShape)
    {
    }

    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="normalizedShape">The sizes of the last axes, which are normalised together.</param>
    public LayerNorm(double epsilon, ReadOnlySpan<int> normalizedShape)
    {
        this.epsilon = epsilon;
        Weight = Parameter("weight", Tensor.Ones(normalizedShape).Keep());
        Bias = Parameter("bias", Tensor.Zeros(normalizedShape).Keep());
    }

    /// <summary>gamma, one for each feature; starts at 1.</summary>
    public Tensor Weight { get; }

    /// <summary>beta, one for each feature; starts at 0.</summary>
    public Tensor Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.LayerNorm(x, Weight, Bias, epsilon);

    /// <inheritdoc/>
    public override string ToString() => $"LayerNorm{Weight.Shape}";
}
