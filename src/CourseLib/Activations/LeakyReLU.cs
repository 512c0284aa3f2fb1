using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>x where it is positive, else slope x (lecture init, "Leaky ReLU", prints slope 0.1; intro's table 0.01, torch's default).</summary>
/// <param name="negativeSlope">The slope below 0.</param>
public sealed class LeakyReLU(double negativeSlope = 0.01) : Module, IJetModule
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LeakyRelu(negativeSlope);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The jet carries second derivatives.</exception>
    public Jet Forward(Jet x) => x.LeakyRelu(negativeSlope);

    /// <inheritdoc/>
    public override string ToString() => $"LeakyReLU({Text(negativeSlope)})";
}
