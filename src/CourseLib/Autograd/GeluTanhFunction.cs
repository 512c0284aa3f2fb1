using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x (1 + tanh u) / 2, u = sqrt(2/pi) (x + 0.044715 x^3), which is x s for s = sigmoid(2u); dL/dx = dL/dy s (1 + x (1 - s) 2u').</summary>
internal sealed class GeluTanhFunction : UnaryFunction<GeluTanhFunction, GeluTanhOperator, GeluTanhGradient>
{
    public override string Name => "Gelu";

    protected override bool SavesOutput => false;
}
