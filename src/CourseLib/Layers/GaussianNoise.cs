using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// Adds N(0, std^2) to each number in training; nothing in evaluation (keras has it under this name). The other corruption of the denoising autoencoder (Vincent et al. 2010;
/// lecture perc, "Предобучение"), and a regularizer elsewhere: on the input of a linear model it is L2 (Bishop 1995).
/// </summary>
/// <param name="std">Standard deviation of the noise, 0 or more.</param>
/// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
/// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
public sealed class GaussianNoise(double std, Generator? generator = null) : Module
{
    private readonly double std = std >= 0 && double.IsFinite(std)
        ? std
        : throw new ArgumentOutOfRangeException(nameof(std), std, FormattableString.Invariant($"GaussianNoise: expected a finite deviation from 0 on, got {std}."));

    /// <inheritdoc/>
    protected override Generator? Randomness => generator;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        if (!IsTraining || std == 0)
        {
            return x;
        }

        Tensor noise = Tensor.Empty(x.Shape);
        (generator ?? Generator.Default).Normal(noise.Span, 0, (float)std);
        return x + noise;
    }

    /// <inheritdoc/>
    public override string ToString() => $"GaussianNoise({Text(std)})";
}
