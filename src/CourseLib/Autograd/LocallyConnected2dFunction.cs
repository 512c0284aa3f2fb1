using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>
/// y[n, o, i, j] = sum over c, a, d of W[i, j, o, c, a, d] x[n, c, s i + a - pad, s j + d - pad]: a convolution whose window has other weights at each place (i, j).
/// </summary>
/// <remarks>
/// The backward pass. Every product in the sum above is one weight times one pixel, and dL/dy[n, o, i, j] reaches each factor through the other one:
/// <code>
/// dL/dW[i, j, o, c, a, d] = sum over n                        of dL/dy[n, o, i, j] x[n, c, s i + a - pad, s j + d - pad]
/// dL/dx[n, c, u, v]       = sum over o, i, j, a, d with s i + a = u + pad, s j + d = v + pad of W[i, j, o, c, a, d] dL/dy[n, o, i, j]
/// </code>
/// A convolution's weights are these tied over (i, j), so its dW is this one summed over the places.
/// </remarks>
internal sealed class LocallyConnected2dFunction : Function
{
    private ConvShape shape;

    public override string Name => "LocallyConnected2d";

    internal static Tensor Apply(Tensor x, Tensor weight, int stride, Padding padding)
    {
        Shape from = x.Shape;
        Shape places = weight.Shape;
        if (from.Rank != 4 || places.Rank != 6 || from[1] != places[3])
        {
            throw new ArgumentException($"LocallyConnected2d: expected an input (batch, {(places.Rank == 6 ? places[3] : "channels")}, height, width) for weights (outHeight, outWidth, outChannels, channels, kernelHeight, kernelWidth) of shape {places}, got {from}.", nameof(x));
        }

        (int top, int bottom, int left, int right) = padding.For(from[2], from[3], places[4], places[5], stride, stride);
        ConvShape shape = new(from[0], from[1], from[2], from[3], places[2], places[4], places[5], stride, stride, top, bottom, left, right);
        shape.Validate();
        if (shape.OutHeight != places[0] || shape.OutWidth != places[1])
        {
            throw new ArgumentException($"LocallyConnected2d: an input of shape {from} has windows at {shape.OutHeight} x {shape.OutWidth} places, but there are weights for {places[0]} x {places[1]} of them; expected an image of the size that the weights were made for.", nameof(x));
        }

        Tensor y = Tensor.Empty([shape.Batch, shape.OutChannels, shape.OutHeight, shape.OutWidth]);
        LocallyConnected.Forward(shape, x.Span, weight.Span, y.Span);
        if (Record<LocallyConnected2dFunction>(y, x, weight) is { } node)
        {
            node.shape = shape;
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        if (Needs(1))
        {
            Span<float> dWeight = Gradient(1, out bool accumulate);
            LocallyConnected.BackwardWeights(shape, Input(0).Span, dy, dWeight, accumulate);
        }

        if (Needs(0))
        {
            Span<float> dx = Gradient(0, out bool accumulate);
            LocallyConnected.BackwardInput(shape, dy, Input(1).Span, dx, accumulate);
        }
    }
}
