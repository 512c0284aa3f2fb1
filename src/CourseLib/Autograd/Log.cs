using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = ln x; dL/dx = dL/dy / x.</summary>
internal sealed class Log : UnaryFunction<Log, LogOperator, DivideOperator>
{
    protected override bool SavesOutput => false;
}
