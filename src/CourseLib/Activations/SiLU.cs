using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>x sigmoid(x), which is Swish with beta = 1 and ACON-A (Elfwing et al. 2017; lecture cnn, "Ещё о функциях активации").</summary>
public sealed class SiLU : Module, IJetModule
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Silu();

    /// <inheritdoc/>
    public Jet Forward(Jet x) => x.Silu();
}
