using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = |x|; dL/dx = dL/dy sign(x), 0 at 0.</summary>
internal sealed class Abs : UnaryFunction<Abs, AbsOperator, AbsGradient>
{
    protected override bool SavesOutput => false;
}
