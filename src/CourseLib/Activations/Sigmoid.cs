using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>1 / (1 + e^-x), element by element; the derivative is y (1 - y), at most 1/4 (lecture perc, "Сигмоид").</summary>
public sealed class Sigmoid : Module, IJetModule
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Sigmoid();

    /// <inheritdoc/>
    public Jet Forward(Jet x) => x.Sigmoid();
}
