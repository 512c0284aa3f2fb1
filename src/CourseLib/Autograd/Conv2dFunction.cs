using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>
/// y = b + W * x, the two-dimensional cross-correlation over all input channels. dL/dx is the correlation of dL/dy with the flipped filters,
/// dL/dW that of x with dL/dy, dL/db the sum of dL/dy over batch and pixels.
/// </summary>
internal sealed class Conv2dFunction : ConvolutionFunction
{
    public override string Name => "Conv2d";

    /// <param name="x">[B, C, H, W].</param>
    /// <param name="weight">[O, C, KH, KW].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="rectify">Whether a ReLU follows, at the store. There is no way back through it: only where nothing is recorded.</param>
    internal static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, int stride, Padding padding, bool rectify = false)
    {
        ConvShape sizes = SizesOf(x, weight, bias, stride, padding);
        Tensor y = Tensor.Empty([sizes.Batch, sizes.OutChannels, sizes.OutHeight, sizes.OutWidth]);
        Convolution.Forward(sizes, x.Span, weight.Span, bias is { } b ? b.Span : [], y.Span, rectify);
        Remember<Conv2dFunction>(y, x, weight, bias, sizes);
        return y;
    }

    private protected override void Backward(ReadOnlySpan<float> dy, Span<float> dWeight, Span<float> dBias, bool addParameters, Span<float> dx, bool addX)
    {
        if (!dWeight.IsEmpty)
        {
            Convolution.BackwardWeights(Sizes, Input(0).Span, dy, dWeight, dBias, addParameters);
        }
        else if (!dBias.IsEmpty)
        {
            BackwardBias(dy, dBias, addParameters);
        }

        if (!dx.IsEmpty)
        {
            Convolution.BackwardInput(Sizes, dy, Input(1).Span, dx, addX);
        }
    }
}
