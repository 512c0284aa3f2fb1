using CourseLib.Autograd;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// The convolution layer (свёрточный слой): the same small window of weights at every position, over all input channels, plus a bias
/// (lecture cnn, "CNN формально"; the slide's formula has one channel and no bias). As in every library it is a cross-correlation: the window is not flipped.
/// </summary>
/// <remarks>Input [B, inChannels, H, W], output [B, outChannels, H', W'] with H' = floor((H + padding - kernel) / stride) + 1.</remarks>
public sealed class Conv2d : Module
{
    private readonly int stride;
    private readonly Padding padding;

    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Number of filters.</param>
    /// <param name="kernelSize">Rows and columns of the window.</param>
    /// <param name="stride">Pixels from one window to the next.</param>
    /// <param name="padding"><see cref="Padding.Valid"/>, <see cref="Padding.Same"/> or a number of zeros.</param>
    /// <param name="bias">Whether each filter has a bias.</param>
    /// <param name="initializer">How the filters are drawn; torch's default when null. With it biases start at 0, else at torch's default.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public Conv2d(
        int inChannels,
        int outChannels,
        int kernelSize,
        int stride = 1,
        Padding padding = default,
        bool bias = true,
        Initializer? initializer = null,
        Generator? generator = null)
    {
        Requires.AtLeast(nameof(Conv2d), nameof(inChannels), inChannels, 1);
        Requires.AtLeast(nameof(Conv2d), nameof(outChannels), outChannels, 1);
        Requires.AtLeast(nameof(Conv2d), nameof(kernelSize), kernelSize, 1);
        Requires.AtLeast(nameof(Conv2d), nameof(stride), stride, 1);
        this.stride = stride;
        this.padding = padding;
        Weight = Parameter("weight", Tensor.Empty(outChannels, inChannels, kernelSize, kernelSize));
        (initializer ?? LinearDefault.Instance).Fill(Weight, generator);
        if (bias)
        {
            Bias = Parameter("bias", Tensor.Zeros(outChannels));
            if (initializer is null)
            {
                LinearDefault.FillBias(Bias.Value, inChannels * kernelSize * kernelSize, generator);
            }
        }
    }

    /// <summary>The filters, of shape [outChannels, inChannels, kernelSize, kernelSize].</summary>
    public Tensor Weight { get; }

    /// <summary>The biases, of shape [outChannels]; null without.</summary>
    public Tensor? Bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, inChannels, H, W], or is smaller than the window.</exception>
    public override Tensor Forward(Tensor x) => Conv2dFunction.Apply(x, Weight, Bias, stride, padding);

    /// <summary>This layer with what may follow it, in one pass and with nothing recorded; see <see cref="Fusion"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="normalization">A normalisation in evaluation, or null.</param>
    /// <param name="rectify">Whether a ReLU comes last.</param>
    internal Tensor Forward(Tensor x, BatchNorm2d? normalization, bool rectify)
    {
        (Tensor weight, Tensor? bias) = normalization?.FoldInto(Weight, Bias) ?? (Weight, Bias);
        return Conv2dFunction.Apply(x, weight, bias, stride, padding, rectify);
    }

    /// <summary>The same with a max-pooling for which <see cref="MaxPool2d.Halves"/>; it may be recorded when there is no normalisation. Null where two passes are better.</summary>
    internal Tensor? ForwardPooled(Tensor x, BatchNorm2d? normalization, bool rectify)
    {
        ConvShape sizes = ConvolutionFunction.SizesOf(x, Weight, Bias, stride, padding);
        if (!Convolution.PoolsOnItsWay(sizes))
        {
            return null;
        }

        (Tensor weight, Tensor? bias) = normalization?.FoldInto(Weight, Bias) ?? (Weight, Bias);
        return ConvMaxPoolFunction.Apply(x, weight, bias, sizes, rectify);
    }

    /// <inheritdoc/>
    public override long CountMultiplications(Shape output) => (long)Weight.Length * output[1] * output[2];

    /// <inheritdoc/>
    public override string ToString() =>
        $"Conv2d({Text(Weight.Shape[1])}, {Text(Weight.Shape[0])}, {Text(Weight.Shape[2])}x{Text(Weight.Shape[3])}, stride {Text(stride)}, padding {padding}{(Bias is null ? ", no bias" : "")})";
}
