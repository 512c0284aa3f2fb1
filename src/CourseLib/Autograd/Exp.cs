using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = e^x; dL/dx = dL/dy y.</summary>
internal sealed class Exp : UnaryFunction<Exp, ExpOperator, MultiplyOperator>
{
    protected override bool SavesOutput => true;
}
