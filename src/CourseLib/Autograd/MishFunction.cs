using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x T, T = tanh(ln(1 + e^x)); dL/dx = dL/dy (T + x (1 - T^2) sigmoid(x)).</summary>
internal sealed class MishFunction : UnaryFunction<MishFunction, MishOperator, MishGradient>
{
    public override string Name => "Mish";

    protected override bool SavesOutput => false;
}
