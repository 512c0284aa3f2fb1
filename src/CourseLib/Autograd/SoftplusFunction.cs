using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = ln(1 + e^(beta x)) / beta; dL/dx = dL/dy sigmoid(beta x).</summary>
internal sealed class SoftplusFunction : UnaryFunction<SoftplusFunction, SoftplusOperator, SoftplusGradient>
{
    public override string Name => "Softplus";

    protected override bool SavesOutput => false;
}
