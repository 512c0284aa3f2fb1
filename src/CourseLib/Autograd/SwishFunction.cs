using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = x s, s = sigmoid(beta x) with a constant beta; dL/dx = dL/dy s (1 + beta x (1 - s)).</summary>
internal sealed class SwishFunction : UnaryFunction<SwishFunction, ScalarSwishOperator, ScalarSwishGradient>
{
    public override string Name => "Swish";

    protected override bool SavesOutput => false;
}
