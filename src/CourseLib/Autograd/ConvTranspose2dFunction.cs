using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>
/// The transposed convolution: the linear map whose matrix is the transpose of a convolution's, so &lt;conv(u), x&gt; = &lt;u, y(x)&gt; for every u and x. It has nothing of its own:
/// y is the gradient that the convolution would send to its input, dL/dx is the convolution of dL/dy, and dL/dW the convolution's with the two images in each other's place.
/// </summary>
internal sealed class ConvTranspose2dFunction : Function
{
    /// <summary>The convolution of which this is the transpose: its input is our output.</summary>
    private ConvShape transposed;

    public override string Name => "ConvTranspose2d";

    internal static Tensor Apply(Tensor x, Tensor weight, int stride, int padding, int outputPadding)
    {
        Shape from = x.Shape;
        Shape filters = weight.Shape;
        if (from.Rank != 4 || filters.Rank != 4 || from[1] != filters[0])
        {
            throw new ArgumentException($"ConvTranspose2d: expected an input (batch, {(filters.Rank == 4 ? filters[0] : "channels")}, height, width) for filters (channels, outChannels, kernelHeight, kernelWidth) of shape {filters}, got {from}.", nameof(x));
        }

        CheckSteps(stride, padding, outputPadding);
        (int height, int width) = (Size(from[2], filters[2]), Size(from[3], filters[3]));
        if (height < 1 || width < 1)
        {
            throw new ArgumentException($"ConvTranspose2d: an input of shape {from} gives an output of {height} x {width} pixels; expected at least one: the padding of {padding} takes away too much.", nameof(padding));
        }

        ConvShape transposed = new(from[0], filters[1], height, width, filters[0], filters[2], filters[3], stride, stride, padding, padding, padding, padding);
        Tensor y = Tensor.Empty([from[0], filters[1], height, width]);
        Convolution.BackwardInput(transposed, x.Span, weight.Span, y.Span);
        if (Record<ConvTranspose2dFunction>(y, x, weight) is { } node)
        {
            node.transposed = transposed;
        }

        return y;

        int Size(int size, int kernel) => ((size - 1) * stride) - (2 * padding) + kernel + outputPadding;
    }

    /// <summary>Throws unless the settings are possible.</summary>
    internal static void CheckSteps(int stride, int padding, int outputPadding)
    {
        Requires.AtLeast("ConvTranspose2d", nameof(stride), stride, 1);
        Requires.AtLeast("ConvTranspose2d", nameof(padding), padding, 0);
        if (outputPadding < 0 || outputPadding >= stride)
        {
            throw new ArgumentOutOfRangeException(nameof(outputPadding), outputPadding, FormattableString.Invariant($"ConvTranspose2d: outputPadding must be from 0 to {stride - 1}, less than the stride."));
        }
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        if (Needs(1))
        {
            Span<float> dWeight = Gradient(1, out bool accumulate);
            Convolution.BackwardWeights(transposed, dy, Input(0).Span, dWeight, [], accumulate);
        }

        if (Needs(0))
        {
            Span<float> dx = Gradient(0, out bool accumulate);
            if (!accumulate)
            {
                Convolution.Forward(transposed, dy, Input(1).Span, [], dx);
                return;
            }

            Tensor part = Tensor.Empty(Input(0).Shape);
            Convolution.Forward(transposed, dy, Input(1).Span, [], part.Span);
            Elementwise.Copy(part.Span, dx, accumulate: true);
        }
    }
}
