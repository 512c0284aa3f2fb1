using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>max(0, x) limited to 6: hard tanh on [0, 6] (Krizhevsky 2010).</summary>
public sealed class ReLU6 : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.HardTanh(0, 6);
}
