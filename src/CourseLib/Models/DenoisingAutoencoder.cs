using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Models;

/// <summary>
/// An autoencoder that sees a damaged input in training and has to give back the whole one (Vincent et al. 2008, "Extracting and composing robust features with denoising
/// autoencoders"; lecture perc, "Предобучение"): copying does not help it, so that a code larger than the input can be learned too.
/// </summary>
public sealed class DenoisingAutoencoder : Autoencoder
{
    /// <param name="encoder">Makes the code of an input.</param>
    /// <param name="decoder">Makes an input of a code.</param>
    /// <param name="noise">What damages the input in training alone: <see cref="MaskingNoise"/>, <see cref="GaussianNoise"/>, or a module of one's own that is the identity in evaluation.</param>
    public DenoisingAutoencoder(Module encoder, Module decoder, Module noise)
        : base(encoder, decoder) => Noise = Child("noise", noise);

    /// <summary>What damages the input in training.</summary>
    public Module Noise { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => base.Forward(Noise.Forward(x));
}
