using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>0 for x &lt; 0, 1 for x &gt;= 0. The derivative is 0 wherever it exists, so no layer below learns (lecture intro, "Функции активации").</summary>
public sealed class BinaryStep : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.BinaryStep();
}
