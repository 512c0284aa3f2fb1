using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x / (1 + |x|); dL/dx = dL/dy / (1 + |x|)^2.</summary>
internal sealed class SoftsignFunction : UnaryFunction<SoftsignFunction, SoftsignOperator, SoftsignGradient>
{
    public override string Name => "Softsign";

    protected override bool SavesOutput => false;
}
