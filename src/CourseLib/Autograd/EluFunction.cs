using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x for x &gt; 0, else alpha (e^x - 1); dL/dx = dL/dy, or dL/dy alpha e^x.</summary>
internal sealed class EluFunction : UnaryFunction<EluFunction, EluOperator, EluGradient>
{
    public override string Name => "Elu";

    protected override bool SavesOutput => false;
}
