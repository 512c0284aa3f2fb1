using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>max(0, x), element by element; the derivative at 0 is taken as 0 (lecture perc, "Rectified linear unit").</summary>
public sealed class ReLU : Module, IJetModule
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Relu();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The jet carries second derivatives.</exception>
    public Jet Forward(Jet x) => x.Relu();

    /// <inheritdoc/>
    internal override bool Rectifies => true;
}
