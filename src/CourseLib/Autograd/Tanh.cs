using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = tanh x; dL/dx = dL/dy (1 - y^2).</summary>
internal sealed class Tanh : UnaryFunction<Tanh, TanhOperator, TanhGradient>
{
    protected override bool SavesOutput => true;
}
