using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>x itself: a layer without a nonlinearity (lecture intro, "Функции активации", calls it linear).</summary>
public sealed class Identity : Module, IJetModule
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x;

    /// <inheritdoc/>
    public Jet Forward(Jet x) => x;
}
