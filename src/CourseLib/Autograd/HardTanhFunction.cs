using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x limited to [low, high]; dL/dx = dL/dy strictly between the ends, else 0.</summary>
internal sealed class HardTanhFunction : UnaryFunction<HardTanhFunction, ClampOperator, HardTanhGradient>
{
    public override string Name => "HardTanh";

    protected override bool SavesOutput => false;
}
