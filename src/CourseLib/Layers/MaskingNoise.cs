using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// Sets each number to zero with probability p in training and leaves the others as they are; nothing in evaluation. The corruption of the denoising autoencoder
/// (Vincent et al. 2008, "Extracting and composing robust features with denoising autoencoders"; lecture perc, "Предобучение").
/// </summary>
/// <remarks>Not <see cref="Dropout"/>: nothing is scaled, because what is asked for is the whole input again and not one of the same mean.</remarks>
/// <param name="p">Probability of a zero, from 0 to 1.</param>
/// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
/// <exception cref="ArgumentOutOfRangeException">p is not in [0, 1].</exception>
public sealed class MaskingNoise(double p, Generator? generator = null) : Module
{
    private readonly double probability = p is >= 0 and <= 1
        ? p
        : throw new ArgumentOutOfRangeException(nameof(p), p, FormattableString.Invariant($"MaskingNoise: expected a probability from 0 to 1, got {p}."));

    /// <inheritdoc/>
    protected override Generator? Randomness => generator;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        if (!IsTraining || probability == 0)
        {
            return x;
        }

        Tensor mask = Tensor.Empty(x.Shape);
        DropoutMask.Fill(mask.Span, (float)probability, generator ?? Generator.Default, inverted: false);
        return x * mask;
    }

    /// <inheritdoc/>
    public override string ToString() => $"MaskingNoise({Text(probability)})";
}
