using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>The largest number of each window (max-pooling, субдискретизация); the gradient goes to the winner, the first of equal ones (lecture cnn, "CNN формально").</summary>
/// <remarks>Input [B, C, H, W], output [B, C, H', W'] with H' = floor((H + padding - kernel) / stride) + 1.</remarks>
/// <param name="kernelSize">Rows and columns of a window.</param>
/// <param name="stride">Pixels from one window to the next; the window's size when 0.</param>
/// <param name="padding">Rows and columns around the image, which never win; fewer than the window has.</param>
/// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
public sealed class MaxPool2d(int kernelSize, int stride = 0, Padding padding = default) : Pool2d(kernelSize, stride, padding)
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, C, H, W], or is smaller than the window.</exception>
    public override Tensor Forward(Tensor x) => MaxPoolFunction.Apply(x, KernelSize, Stride, Padding);

    /// <summary>Whether there are fewer windows than pixels, images of a few pixels with wide paddings aside.</summary>
    internal bool Shrinks => Stride > 1;

    /// <summary>Whether windows of 2x2 lie side by side: the commonest pooling.</summary>
    internal bool Halves => KernelSize == 2 && Stride == 2 && Padding == Padding.Valid;
}
