using CourseLib.Autograd;
using CourseLib.Kernels;

namespace CourseLib.Layers;

/// <summary>A window that slides over each channel of an image and makes one number of what it covers.</summary>
/// <remarks>Input [B, C, H, W], output [B, C, H', W'] with H' = floor((H + padding - kernel) / stride) + 1; the padding is less than the window.</remarks>
public abstract class Pool2d : Module
{
    private protected Pool2d(int kernelSize, int stride, Padding padding)
    {
        Requires.AtLeast(GetType().Name, nameof(kernelSize), kernelSize, 1);
        Requires.AtLeast(GetType().Name, nameof(stride), stride, 0);
        KernelSize = kernelSize;
        Stride = stride == 0 ? kernelSize : stride;
        Padding = padding;
    }

    private protected int KernelSize { get; }

    private protected int Stride { get; }

    private protected Padding Padding { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{GetType().Name}({Text(KernelSize)}, stride {Text(Stride)}{(Padding == Padding.Valid ? "" : $", padding {Padding}")})";
}
