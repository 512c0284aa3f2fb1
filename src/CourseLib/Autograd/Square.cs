using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x^2; dL/dx = 2 x dL/dy.</summary>
internal sealed class Square : UnaryFunction<Square, SquareOperator, SquareGradient>
{
    protected override bool SavesOutput => false;
}
