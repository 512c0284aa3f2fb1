using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = atan x; dL/dx = dL/dy / (1 + x^2).</summary>
internal sealed class AtanFunction : UnaryFunction<AtanFunction, AtanOperator, AtanGradient>
{
    public override string Name => "Atan";

    protected override bool SavesOutput => false;
}
