using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = (x + 3) / 6 limited to [0, 1]; dL/dx = dL/dy / 6 for -3 &lt; x &lt; 3, else 0.</summary>
internal sealed class HardSigmoidFunction : UnaryFunction<HardSigmoidFunction, HardSigmoidOperator, HardSigmoidGradient>
{
    public override string Name => "HardSigmoid";

    protected override bool SavesOutput => false;
}
