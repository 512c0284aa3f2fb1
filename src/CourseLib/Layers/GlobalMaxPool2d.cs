using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// The largest number of each channel in the whole picture: whether a feature is there, wherever it is. After convolutions, whose answers move with the picture, this is what makes
/// the network's answer stay (lecture cnn, "Свёрточные нейронные сети: идея"). The gradient goes to the winner, the first of equal ones.
/// </summary>
/// <remarks>Input [B, C, H, W], output [B, C] as in keras, ready for <see cref="Linear"/>; torch writes AdaptiveMaxPool2d(1) and Flatten.</remarks>
public sealed class GlobalMaxPool2d : Module
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, C, H, W].</exception>
    public override Tensor Forward(Tensor x) => GlobalAvgPool2d.Pixels(nameof(GlobalMaxPool2d), x).Max(2);
}
