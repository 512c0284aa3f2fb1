using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>x tanh(softplus(x)) = x tanh(ln(1 + e^x)); not monotone, least value -0.309 at x = -1.19 (Misra 2019; lecture cnn, "Ещё о функциях активации").</summary>
public sealed class Mish : Module, IJetModule
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Mish();

    /// <inheritdoc/>
    public Jet Forward(Jet x) => x.Mish();
}
