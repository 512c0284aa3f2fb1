using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>
/// y = b + W * x, the two-dimensional cross-correlation over all input channels. dL/dx is the correlation of dL/dy with the flipped filters,
/// dL/dW that of x with dL/dy, dL/db the sum of dL/dy over batch and pixels.
/// </summary>
internal sealed class Conv2dFunction : Function
{
    private ConvShape shape;

    public override string Name => "Conv2d";

    /// <param name="x">[B, C, H, W].</param>
    /// <param name="weight">[O, C, KH, KW].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="rectify">Whether a ReLU follows, at the store. There is no way back through it: only where nothing is recorded.</param>
    internal static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, int stride, Padding padding, bool rectify = false)
    {
        Shape from = x.Shape;
        Shape filters = weight.Shape;
        if (from.Rank != 4 || filters.Rank != 4 || from[1] != filters[1])
        {
            throw new ArgumentException($"Conv2d: expected an input (batch, {(filters.Rank == 4 ? filters[1] : "channels")}, height, width) for filters of shape {filters}, got {from}.", nameof(x));
        }

        if (bias is { } given && (given.Rank != 1 || given.Length != filters[0]))
        {
            throw new ArgumentException($"Conv2d: expected a bias of shape ({filters[0]},), got {given.Shape}.", nameof(bias));
        }

        (int top, int bottom, int left, int right) = padding.For(from[2], from[3], filters[2], filters[3], stride, stride);
        ConvShape shape = new(from[0], from[1], from[2], from[3], filters[0], filters[2], filters[3], stride, stride, top, bottom, left, right);
        shape.Validate();
        Tensor y = Tensor.Empty([shape.Batch, shape.OutChannels, shape.OutHeight, shape.OutWidth]);
        Convolution.Forward(shape, x.Span, weight.Span, bias is { } b ? b.Span : [], y.Span, rectify);
        Conv2dFunction? node = bias is { } recorded ? Record<Conv2dFunction>(y, x, weight, recorded) : Record<Conv2dFunction>(y, x, weight);
        if (node is not null)
        {
            node.shape = shape;
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        bool wantsBias = InputCount > 2 && Needs(2);
        if (Needs(1))
        {
            Span<float> dWeight = Gradient(1, out bool accumulate);
            Span<float> dBias = wantsBias ? Gradient(2, out bool accumulateBias) : GradientNone(accumulate, out accumulateBias);
            if (accumulate != accumulateBias)
            {
                // One of the two has a gradient already: give the other zeros to add to.
                (accumulate ? dBias : dWeight).Clear();
                accumulate = true;
            }

            Convolution.BackwardWeights(shape, Input(0).Span, dy, dWeight, dBias, accumulate);
        }
        else if (wantsBias)
        {
            BackwardBias(dy);
        }

        if (Needs(0))
        {
            Span<float> dx = Gradient(0, out bool accumulate);
            Convolution.BackwardInput(shape, dy, Input(1).Span, dx, accumulate);
        }
    }

    private static Span<float> GradientNone(bool same, out bool accumulate)
    {
        accumulate = same;
        return [];
    }

    private void BackwardBias(ReadOnlySpan<float> dy)
    {
        Span<float> dBias = Gradient(2, out bool accumulate);
        int pixels = shape.OutHeight * shape.OutWidth;
        if (!accumulate)
        {
            dBias.Clear();
        }

        for (int plane = 0; plane < shape.Batch * shape.OutChannels; plane++)
        {
            dBias[plane % shape.OutChannels] += Reductions.Sum(dy.Slice(plane * pixels, pixels));
        }
    }
}
