using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>All axes but the batch's as one: [B, C, H, W] becomes [B, C H W].</summary>
public sealed class Flatten : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Flatten(1);
}
