using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Models;

/// <summary>
/// A network that learns to give back its input through a code in the middle (автокодировщик; lecture perc, "Предобучение": "учим слой «предсказывать» свой вход"; Bourlard and Kamp
/// 1988, who show that with linear layers and squares it finds what principal components find).
/// </summary>
/// <remarks>It needs no labels: train it on <c>new Dataset(x, x)</c>. What is kept afterwards is <see cref="Encoder"/>.</remarks>
public class Autoencoder : Module
{
    /// <param name="encoder">Makes the code of an input.</param>
    /// <param name="decoder">Makes an input of a code.</param>
    public Autoencoder(Module encoder, Module decoder)
    {
        Encoder = Child("encoder", encoder);
        Decoder = Child("decoder", decoder);
    }

    /// <summary>Makes the code of an input.</summary>
    public Module Encoder { get; }

    /// <summary>Makes an input of a code.</summary>
    public Module Decoder { get; }

    /// <summary>One hidden layer: h = f(x W^T + b), y = g(h W' + c).</summary>
    /// <param name="inputs">Numbers of an example.</param>
    /// <param name="hidden">Numbers of its code.</param>
    /// <param name="activation">f; a sigmoid when null, <see cref="Activations.Identity"/> for a linear code.</param>
    /// <param name="output">g; a sigmoid when null, for inputs from 0 to 1.</param>
    /// <param name="tied">Whether W' is W itself (<see cref="TiedLinear"/>), which halves the weights.</param>
    /// <param name="noise">When given, the autoencoder is a <see cref="DenoisingAutoencoder"/>.</param>
    /// <param name="initializer">How weights are drawn; torch's default when null.</param>
    /// <param name="generator">Where the weights come from; <see cref="Generator.Default"/> when null.</param>
    public static Autoencoder Dense(
        int inputs,
        int hidden,
        Module? activation = null,
        Module? output = null,
        bool tied = false,
        Module? noise = null,
        Initializer? initializer = null,
        Generator? generator = null)
    {
        Linear layer = new(inputs, hidden, initializer: initializer, generator: generator);
        Module back = tied ? new TiedLinear(layer) : new Linear(hidden, inputs, initializer: initializer, generator: generator);
        Sequential encoder = new(layer, activation ?? new Activations.Sigmoid()), decoder = new(back, output ?? new Activations.Sigmoid());
        return noise is null ? new Autoencoder(encoder, decoder) : new DenoisingAutoencoder(encoder, decoder, noise);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Decoder.Forward(Encoder.Forward(x));
}
