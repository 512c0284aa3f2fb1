using CourseLib.Autograd;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// The locally connected layer (локально связный слой), a convolution without sharing: each place of the window has weights of its own (LeCun 1989, "Generalization and
/// network design strategies"; keras has it under this name, torch not). It stands between a dense layer and a convolution and shows what "одни и те же веса по всей
/// картинке" saves: H' W' times the weights of <see cref="Conv2d"/> (lecture cnn, "Свёрточные нейронные сети: идея").
/// </summary>
/// <remarks>
/// Input [B, inChannels, height, width], output [B, outChannels, H', W'] with H' = floor((height + padding - kernel) / stride) + 1. Because each place has its weights,
/// the image's size belongs to the layer. Weights lie place by place, since that makes each place a matrix [outChannels, inChannels kernel^2] to multiply with,
/// and <c>Weight[i, j]</c> a filter bank as Conv2d has it; the bias has the shape of an output.
/// </remarks>
public sealed class LocallyConnected2d : Module
{
    private readonly int stride;
    private readonly Padding padding;

    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Numbers that are made of each window.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="kernelSize">Rows and columns of the window.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding"><see cref="Padding.Valid"/>, <see cref="Padding.Same"/> or a number of zeros.</param>
    /// <param name="bias">Whether each number of the output has a bias of its own.</param>
    /// <param name="initializer">How each place's weights are drawn, as for a convolution; torch's default for convolutions when null. With it biases start at 0, else at torch's default.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the window is larger than the padded image.</exception>
    public LocallyConnected2d(
        int inChannels,
        int outChannels,
        int height,
        int width,
        int kernelSize,
        int stride = 1,
        Padding padding = default,
        bool bias = true,
        Initializer? initializer = null,
        Generator? generator = null)
    {
        foreach ((string name, int size) in new[]
        {
            (nameof(inChannels), inChannels), (nameof(outChannels), outChannels), (nameof(height), height), (nameof(width), width), (nameof(kernelSize), kernelSize), (nameof(stride), stride),
        })
        {
            Requires.AtLeast(nameof(LocallyConnected2d), name, size, 1);
        }

        this.stride = stride;
        this.padding = padding;
        (int top, int bottom, int left, int right) = padding.For(height, width, kernelSize, kernelSize, stride, stride);
        ConvShape shape = new(1, inChannels, height, width, outChannels, kernelSize, kernelSize, stride, stride, top, bottom, left, right);
        if (kernelSize > height + top + bottom || kernelSize > width + left + right)
        {
            throw new ArgumentOutOfRangeException(nameof(kernelSize), kernelSize, FormattableString.Invariant($"LocallyConnected2d: expected a window that fits into the padded image of {height + top + bottom}x{width + left + right}, got {kernelSize}x{kernelSize}."));
        }

        shape.Validate();
        Weight = Parameter("weight", Tensor.Empty(shape.OutHeight, shape.OutWidth, outChannels, inChannels, kernelSize, kernelSize));
        Tensor place = Tensor.Empty(outChannels, inChannels, kernelSize, kernelSize);
        for (int at = 0; at < Weight.Length; at += place.Length)
        {
            // Place by place: a rule that counts connections has to see one neuron's.
            (initializer ?? LinearDefault.Instance).Fill(place, generator);
            place.Span.CopyTo(Weight.Span[at..]);
        }

        if (bias)
        {
            Bias = Parameter("bias", Tensor.Zeros(outChannels, shape.OutHeight, shape.OutWidth));
            if (initializer is null)
            {
                LinearDefault.FillBias(Bias.Value, inChannels * kernelSize * kernelSize, generator);
            }
        }
    }

    /// <summary>The weights, of shape [H', W', outChannels, inChannels, kernelSize, kernelSize].</summary>
    public Tensor Weight { get; }

    /// <summary>The biases, of shape [outChannels, H', W']; null without.</summary>
    public Tensor? Bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, inChannels, height, width].</exception>
    public override Tensor Forward(Tensor x)
    {
        Tensor y = LocallyConnected2dFunction.Apply(x, Weight, stride, padding);
        return Bias is { } bias ? y + bias : y;
    }

    /// <inheritdoc/>
    public override long CountMultiplications(Shape output) => Weight.Length;

    /// <inheritdoc/>
    public override string ToString() =>
        $"LocallyConnected2d({Text(Weight.Shape[3])}, {Text(Weight.Shape[2])}, {Text(Weight.Shape[4])}x{Text(Weight.Shape[5])} at {Text(Weight.Shape[0])}x{Text(Weight.Shape[1])} places, stride {Text(stride)}, padding {padding}{(Bias is null ? ", no bias" : "")})";
}
