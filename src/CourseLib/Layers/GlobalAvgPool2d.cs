using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// The mean of each channel over the whole picture (Lin, Chen and Yan 2013, "Network in network"): takes the place of the dense layers, and makes the answer independent of the
/// picture's size (lecture cnn, "CNN формально": average-pooling, with one window over everything).
/// </summary>
/// <remarks>Input [B, C, H, W], output [B, C] as in keras, ready for <see cref="Linear"/>; torch writes AdaptiveAvgPool2d(1) and Flatten.</remarks>
public sealed class GlobalAvgPool2d : Module
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, C, H, W].</exception>
    public override Tensor Forward(Tensor x) => Pixels(nameof(GlobalAvgPool2d), x).Mean(2);

    /// <summary>[B, C, H W].</summary>
    internal static Tensor Pixels(string layer, Tensor x) => x.Rank == 4
        ? x.Flatten(2)
        : throw new ArgumentException($"{layer}: expected an input (batch, channels, height, width), got {x.Shape}.", nameof(x));
}
