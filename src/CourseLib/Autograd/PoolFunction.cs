using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>What max and average pooling share: the sizes, from the input's shape and the window.</summary>
internal abstract class PoolFunction : Function
{
    private protected PoolShape Sizes { get; private set; }

    /// <param name="operation">Named in errors.</param>
    /// <param name="x">[B, C, H, W].</param>
    /// <param name="kernelSize">Rows and columns of a window.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">Rows and columns around the image.</param>
    private protected static PoolShape SizesOf(string operation, Tensor x, int kernelSize, int stride, Padding padding)
    {
        Shape from = x.Shape;
        if (from.Rank != 4)
        {
            throw new ArgumentException($"{operation}: expected an input (batch, channels, height, width), got {from}.", nameof(x));
        }

        (int top, int bottom, int left, int right) = padding.For(from[2], from[3], kernelSize, kernelSize, stride, stride);
        PoolShape sizes = new(from[0], from[1], from[2], from[3], kernelSize, kernelSize, stride, stride, top, bottom, left, right);
        sizes.Validate();
        return sizes;
    }

    private protected static Tensor OutputFor(in PoolShape sizes) => Tensor.Empty([sizes.Batch, sizes.Channels, sizes.OutHeight, sizes.OutWidth]);

    private protected static void Remember<T>(Tensor y, Tensor x, in PoolShape sizes)
        where T : PoolFunction, new()
    {
        if (Record<T>(y, x) is { } node)
        {
            node.Sizes = sizes;
        }
    }
}

/// <summary>The largest number in each window; its gradient goes to the place where it stood, the first of equal ones.</summary>
internal sealed class MaxPoolFunction : PoolFunction
{
    public override string Name => "MaxPool2d";

    internal static Tensor Apply(Tensor x, int kernelSize, int stride, Padding padding)
    {
        PoolShape sizes = SizesOf("MaxPool2d", x, kernelSize, stride, padding);
        Tensor y = OutputFor(sizes);
        Pooling.MaxForward(sizes, x.Span, y.Span);
        Remember<MaxPoolFunction>(y, x, sizes);
        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy) =>
        Pooling.MaxBackward(Sizes, Input(0).Span, dy, Gradient(0, out bool accumulate), accumulate);
}

/// <summary>The mean of each window, zeros of the padding included; its gradient is shared equally.</summary>
internal sealed class AvgPoolFunction : PoolFunction
{
    public override string Name => "AvgPool2d";

    internal static Tensor Apply(Tensor x, int kernelSize, int stride, Padding padding)
    {
        PoolShape sizes = SizesOf("AvgPool2d", x, kernelSize, stride, padding);
        Tensor y = OutputFor(sizes);
        Pooling.AverageForward(sizes, x.Span, y.Span);
        Remember<AvgPoolFunction>(y, x, sizes);
        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy) =>
        Pooling.AverageBackward(Sizes, dy, Gradient(0, out bool accumulate), accumulate: accumulate);
}
