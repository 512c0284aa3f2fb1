using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>The hyperbolic tangent, element by element; the derivative is 1 - y^2 (lecture perc, "tanh").</summary>
public sealed class Tanh : Module, IJetModule
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Tanh();

    /// <inheritdoc/>
    public Jet Forward(Jet x) => x.Tanh();
}
