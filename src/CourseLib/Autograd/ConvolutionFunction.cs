using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>What the operations that begin with a convolution share: the inputs x, W and perhaps b, and where their gradients go.</summary>
internal abstract class ConvolutionFunction : Function
{
    private protected ConvShape Sizes { get; private set; }

    /// <summary>The sizes, after a check that the inputs fit together.</summary>
    /// <param name="x">[B, C, H, W].</param>
    /// <param name="weight">[O, C, KH, KW].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding">Zeros around the image.</param>
    internal static ConvShape SizesOf(Tensor x, Tensor weight, Tensor? bias, int stride, Padding padding)
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
        ConvShape sizes = new(from[0], from[1], from[2], from[3], filters[0], filters[2], filters[3], stride, stride, top, bottom, left, right);
        sizes.Validate();
        return sizes;
    }

    private protected static T? Remember<T>(Tensor y, Tensor x, Tensor weight, Tensor? bias, in ConvShape sizes)
        where T : ConvolutionFunction, new()
    {
        T? node = bias is { } recorded ? Record<T>(y, x, weight, recorded) : Record<T>(y, x, weight);
        if (node is not null)
        {
            node.Sizes = sizes;
        }

        return node;
    }

    protected sealed override void Backward(ReadOnlySpan<float> dy)
    {
        (bool addWeight, bool addBias, bool addX) = (false, false, false);
        Span<float> dWeight = Needs(1) ? Gradient(1, out addWeight) : [];
        Span<float> dBias = InputCount > 2 && Needs(2) ? Gradient(2, out addBias) : [];
        Span<float> dx = Needs(0) ? Gradient(0, out addX) : [];
        if (addWeight != addBias)
        {
            // One of the two has a gradient already: give the other zeros to add to.
            (addWeight ? dBias : dWeight).Clear();
        }

        Backward(dy, dWeight, dBias, addWeight || addBias, dx, addX);
    }

    /// <summary>Writes or adds the gradients that are wanted; the others are empty.</summary>
    private protected abstract void Backward(ReadOnlySpan<float> dy, Span<float> dWeight, Span<float> dBias, bool addParameters, Span<float> dx, bool addX);

    /// <summary>The gradient of the bias alone: the sum over batch and pixels.</summary>
    private protected void BackwardBias(ReadOnlySpan<float> dy, Span<float> dBias, bool accumulate)
    {
        if (!accumulate)
        {
            dBias.Clear();
        }

        int planes = Sizes.Batch * Sizes.OutChannels, pixels = dy.Length / planes;
        for (int plane = 0; plane < planes; plane++)
        {
            dBias[plane % Sizes.OutChannels] += Reductions.Sum(dy.Slice(plane * pixels, pixels));
        }
    }
}
