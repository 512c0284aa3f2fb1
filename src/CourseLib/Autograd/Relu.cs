using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = max(0, x); dL/dx = dL/dy where y is positive, else 0 (at 0 too, as torch does).</summary>
internal sealed class Relu : UnaryFunction<Relu, ReluOperator, ReluGradient>
{
    protected override bool SavesOutput => true;
}
