using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Initializers;

/// <summary>One value everywhere. Equal weights make all units of a layer learn the same thing (lecture init, "Инициализация").</summary>
/// <param name="value">The value.</param>
public sealed class Constant(double value) : Initializer
{
    /// <inheritdoc/>
    protected override void Draw(Tensor tensor, Generator generator) => tensor.Fill(value);
}

/// <summary>Zeros: right for biases, not for weights.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    protected override void Draw(Tensor tensor, Generator generator) => tensor.Fill(0);
}
