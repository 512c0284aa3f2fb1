using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The windows of an image as columns (im2col); dL/dx adds the gradients of all the windows that hold a pixel (col2im).</summary>
internal sealed class UnfoldFunction : Function
{
    private static readonly WindowOrder Columns = new(ByPosition: false);

    private ConvShape shape;

    public override string Name => "Unfold";

    internal static Tensor Apply(Tensor x, int kernelSize, int stride, Padding padding)
    {
        Shape from = x.Shape;
        if (from.Rank != 4)
        {
            throw new ArgumentException($"Unfold: expected an input (batch, channels, height, width), got {from}.", nameof(x));
        }

        (int top, int bottom, int left, int right) = padding.For(from[2], from[3], kernelSize, kernelSize, stride, stride);
        ConvShape shape = new(from[0], from[1], from[2], from[3], 1, kernelSize, kernelSize, stride, stride, top, bottom, left, right);
        shape.Validate();
        Tensor y = Tensor.Empty([shape.Batch, shape.Depth, shape.OutHeight * shape.OutWidth]);
        Windows.Unfold(shape, Columns, x.Span, y.Span);
        if (Record<UnfoldFunction>(y, x) is { } node)
        {
            node.shape = shape;
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Span<float> dx = Gradient(0, out bool accumulate);
        Windows.Fold(shape, Columns, dy, dx, accumulate);
    }
}
