using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>x / (1 + |x|) in (-1, 1): smooth, monotone, bounded and a line at 0, as lecture lbd, "А как это исправить?", wishes; it saturates more slowly than tanh (Bergstra et al. 2009).</summary>
public sealed class Softsign : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softsign();
}
