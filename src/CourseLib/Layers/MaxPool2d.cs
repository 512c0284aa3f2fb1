using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>The largest number of each window (max-pooling, субдискретизация); the gradient goes to the winner, the first of equal ones (lecture cnn, "CNN формально").</summary>
/// <remarks>Input [B, C, H, W], output [B, C, H', W'] with H' = floor((H + padding - kernel) / stride) + 1.</remarks>
public sealed class MaxPool2d : Module
{
    private readonly int kernelSize;
    private readonly int stride;
    private readonly Padding padding;

    /// <param name="kernelSize">Rows and columns of a window.</param>
    /// <param name="stride">Pixels from one window to the next; the window's size when 0.</param>
    /// <param name="padding">Rows and columns around the image.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public MaxPool2d(int kernelSize, int stride = 0, Padding padding = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(kernelSize);
        ArgumentOutOfRangeException.ThrowIfNegative(stride);
        this.kernelSize = kernelSize;
        this.stride = stride == 0 ? kernelSize : stride;
        this.padding = padding;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => MaxPoolFunction.Apply(x, kernelSize, stride, padding);

    /// <inheritdoc/>
    public override string ToString() => $"MaxPool2d({Text(kernelSize)}, stride {Text(stride)})";
}
