using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>
/// A convolution, the max-pooling of 2x2 windows at stride 2 behind it, and perhaps a ReLU before or after the pooling. Which pixel of a window won is written down on the way: dL/dy goes there
/// and nowhere else, so that dL/dW is a sum over a quarter of the convolution's output.
/// </summary>
internal sealed class ConvMaxPoolFunction : ConvolutionFunction
{
    private bool rectify;
    private Tensor winners;

    public override string Name => rectify ? "Conv2d+MaxPool2d+ReLU" : "Conv2d+MaxPool2d";

    /// <param name="x">[B, C, H, W].</param>
    /// <param name="weight">[O, C, KH, KW].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="sizes">Those of the convolution, for which <see cref="Convolution.PoolsOnItsWay"/>.</param>
    /// <param name="rectify">Whether there is a ReLU.</param>
    internal static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, in ConvShape sizes, bool rectify)
    {
        Tensor y = Tensor.Empty([sizes.Batch, sizes.OutChannels, sizes.OutHeight / 2, sizes.OutWidth / 2]);
        Span<float> corners = [];
        if (Remember<ConvMaxPoolFunction>(y, x, weight, bias, sizes) is { } node)
        {
            (node.rectify, node.winners) = (rectify, Tensor.Empty(y.Shape));
            corners = node.winners.Span;
        }

        Convolution.ForwardPooled(sizes, x.Span, weight.Span, bias is { } b ? b.Span : [], y.Span, corners, rectify);
        return y;
    }

    private protected override void Backward(ReadOnlySpan<float> dy, Span<float> dWeight, Span<float> dBias, bool addParameters, Span<float> dx, bool addX)
    {
        if (rectify)
        {
            Tensor passed = Tensor.Empty(Output.Shape);
            Elementwise.Binary<ReluGradient>(dy, Output.Span, passed.Span);
            dy = passed.Span;
        }

        if (dWeight.IsEmpty && !dBias.IsEmpty)
        {
            BackwardBias(dy, dBias, addParameters);
        }

        Convolution.BackwardPooled(Sizes, Input(0).Span, Input(1).Span, dy, winners.Span, dWeight, dBias, dx, addParameters, addX);
    }

    protected override void Release() => winners = default;
}
