using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = sqrt(x); dL/dx = dL/dy / (2 y).</summary>
internal sealed class Sqrt : UnaryFunction<Sqrt, SqrtOperator, SqrtGradient>
{
    protected override bool SavesOutput => true;
}
