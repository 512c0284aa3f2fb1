using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = erf x; dL/dx = dL/dy 2/sqrt(pi) e^(-x^2).</summary>
internal sealed class ErfFunction : UnaryFunction<ErfFunction, ErfOperator, ErfGradient>
{
    public override string Name => "Erf";

    protected override bool SavesOutput => false;
}
