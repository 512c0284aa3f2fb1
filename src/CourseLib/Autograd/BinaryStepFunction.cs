using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = 1 for x &gt;= 0, else 0; dL/dx = 0 everywhere, so that nothing below it learns.</summary>
internal sealed class BinaryStepFunction : UnaryFunction<BinaryStepFunction, BinaryStepOperator, BinaryStepGradient>
{
    public override string Name => "BinaryStep";

    protected override bool SavesOutput => false;
}
