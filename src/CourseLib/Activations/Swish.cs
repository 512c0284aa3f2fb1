using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>
/// x sigmoid(beta x): SiLU at beta = 1, x/2 at beta = 0, ReLU as beta grows; found by a search over formulas (Ramachandran et al. 2017; lecture cnn,
/// "Ещё о функциях активации").
/// </summary>
/// <remarks>The paper has beta as a constant or as one trained number; <see cref="AconA"/> has one for each channel.</remarks>
public sealed class Swish : Module, IJetModule
{
    private readonly double beta;

    /// <param name="beta">Sharpness of the gate, or where training starts.</param>
    /// <param name="trainable">Whether beta is a parameter.</param>
    public Swish(double beta = 1, bool trainable = false)
    {
        this.beta = beta;
        if (trainable)
        {
            Beta = Parameter("beta", Tensor.Full(beta, 1));
        }
    }

    /// <summary>beta [1] as a parameter; null when it is a constant.</summary>
    public Tensor? Beta { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Beta is { } trained ? x.Swish(trained) : x.Swish(beta);

    /// <inheritdoc/>
    public Jet Forward(Jet x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Beta is { } trained ? x * (x * x.Constant(trained)).Sigmoid() : x.Swish(beta);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Swish({Text(Beta is { } trained ? trained[0] : beta)}{(Beta is null ? "" : ", trainable")})";
}
