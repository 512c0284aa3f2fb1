using CourseLib.Autograd;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// The transposed convolution (транспонированная свёртка; "deconvolution" in Zeiler et al. 2010): each input pixel paints its number times a filter into the output, and
/// what overlaps adds up. It is the transpose of <see cref="Conv2d"/> as a matrix, not its inverse, and the way back up in a convolutional autoencoder
/// (the course's lectures stop before it; it is the backward pass of lecture cnn, "CNN формально", used forward).
/// </summary>
/// <remarks>
/// Input [B, inChannels, H, W], output [B, outChannels, H', W'] with H' = (H - 1) stride - 2 padding + kernelSize + outputPadding. A convolution with stride s takes s sizes to
/// one; outputPadding says which of them is meant.
/// </remarks>
public sealed class ConvTranspose2d : Module
{
    private readonly int stride;
    private readonly int padding;
    private readonly int outputPadding;

    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSize">Rows and columns of a filter.</param>
    /// <param name="stride">Pixels of the output from one input pixel's filter to the next one's.</param>
    /// <param name="padding">Pixels cut off on each side of the output: what the convolution would have added.</param>
    /// <param name="outputPadding">Rows and columns added at the bottom and the right, less than the stride.</param>
    /// <param name="bias">Whether each output channel has a bias.</param>
    /// <param name="initializer">How the filters are drawn; torch's default when null (whose fan-in is here outChannels kernelSize^2, as in torch). With it biases start at 0, else at torch's default.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, the padding negative, or outputPadding not less than the stride.</exception>
    public ConvTranspose2d(
        int inChannels,
        int outChannels,
        int kernelSize,
        int stride = 1,
        int padding = 0,
        int outputPadding = 0,
        bool bias = true,
        Initializer? initializer = null,
        Generator? generator = null)
    {
        Requires.AtLeast(nameof(ConvTranspose2d), nameof(inChannels), inChannels, 1);
        Requires.AtLeast(nameof(ConvTranspose2d), nameof(outChannels), outChannels, 1);
        Requires.AtLeast(nameof(ConvTranspose2d), nameof(kernelSize), kernelSize, 1);
        ConvTranspose2dFunction.CheckSteps(stride, padding, outputPadding);
        (this.stride, this.padding, this.outputPadding) = (stride, padding, outputPadding);
        Weight = Parameter("weight", Tensor.Empty(inChannels, outChannels, kernelSize, kernelSize));
        (initializer ?? LinearDefault.Instance).Fill(Weight, generator);
        if (bias)
        {
            Bias = Parameter("bias", Tensor.Zeros(outChannels));
            if (initializer is null)
            {
                LinearDefault.FillBias(Bias.Value, outChannels * kernelSize * kernelSize, generator);
            }
        }
    }

    /// <summary>The filters, of shape [inChannels, outChannels, kernelSize, kernelSize]: those of the convolution from outChannels to inChannels that this transposes.</summary>
    public Tensor Weight { get; }

    /// <summary>The biases, of shape [outChannels]; null without.</summary>
    public Tensor? Bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, inChannels, H, W], or the padding leaves nothing of the output.</exception>
    public override Tensor Forward(Tensor x) => Functional.ConvTranspose2d(x, Weight, Bias, stride, padding, outputPadding);

    /// <inheritdoc/>
    /// <remarks>Each input pixel meets each weight of its channel; with a padding some of these products fall outside and are not counted apart.</remarks>
    public override long CountMultiplications(Shape output) =>
        (long)Weight.Length * Before(output[1], Weight.Shape[2]) * Before(output[2], Weight.Shape[3]);

    /// <inheritdoc/>
    public override string ToString() =>
        $"ConvTranspose2d({Text(Weight.Shape[0])}, {Text(Weight.Shape[1])}, {Text(Weight.Shape[2])}x{Text(Weight.Shape[3])}, stride {Text(stride)}, padding {Text(padding)}{(outputPadding == 0 ? "" : $", output padding {Text(outputPadding)}")}{(Bias is null ? ", no bias" : "")})";

    /// <summary>The input's size, from the output's.</summary>
    private int Before(int size, int kernel) => ((size + (2 * padding) - kernel - outputPadding) / stride) + 1;
}
