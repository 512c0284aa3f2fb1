using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// The way back through a <see cref="Linear"/> layer by its own weights: y = x W + c for a layer x W^T + b. The decoder of an autoencoder with tied weights (связанные веса;
/// Vincent et al. 2008): W stands in both halves, and its gradient is the sum of theirs.
/// </summary>
/// <remarks>Input [B, outFeatures of the layer], output [B, inFeatures]. W belongs to the layer, which has to be part of the same model to be trained; c belongs to this one and starts at 0.</remarks>
public sealed class TiedLinear : Module
{
    private readonly Linear layer;

    /// <param name="layer">Whose weights to use.</param>
    /// <param name="bias">Whether c is there.</param>
    public TiedLinear(Linear layer, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(layer);
        this.layer = layer;
        if (bias)
        {
            Bias = Parameter("bias", Tensor.Zeros(layer.Weight.Shape[1]));
        }
    }

    /// <summary>c, of shape [inFeatures of the layer]; null without one.</summary>
    public Tensor? Bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, outFeatures of the layer].</exception>
    public override Tensor Forward(Tensor x)
    {
        if (x.Rank != 2 || x.Shape[1] != layer.Weight.Shape[0])
        {
            throw new ArgumentException($"TiedLinear: expected an input of shape (batch, {layer.Weight.Shape[0]}) for the tied weight of shape {layer.Weight.Shape}, got {x.Shape}.", nameof(x));
        }

        Tensor y = x.MatMul(layer.Weight);
        return Bias is { } bias ? y + bias : y;
    }

    /// <inheritdoc/>
    public override long CountMultiplications(Shape output) => layer.Weight.Length;

    /// <inheritdoc/>
    public override string ToString() => $"TiedLinear({Text(layer.Weight.Shape[0])}, {Text(layer.Weight.Shape[1])}{(Bias is null ? ", no bias" : "")})";
}
