using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x Phi(x); dL/dx = dL/dy (Phi(x) + x phi(x)), with the normal distribution function Phi and density phi.</summary>
internal sealed class GeluFunction : UnaryFunction<GeluFunction, GeluOperator, GeluGradient>
{
    public override string Name => "Gelu";

    protected override bool SavesOutput => false;
}
