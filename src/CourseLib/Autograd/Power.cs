using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x^p for a constant p; dL/dx = dL/dy p x^(p-1).</summary>
internal sealed class Power : UnaryFunction<Power, PowOperator, PowGradient>
{
    protected override bool SavesOutput => false;
}
