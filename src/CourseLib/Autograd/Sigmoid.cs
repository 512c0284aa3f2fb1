using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = 1 / (1 + e^-x); dL/dx = dL/dy y (1 - y) (lecture perc, "Сигмоид").</summary>
internal sealed class Sigmoid : UnaryFunction<Sigmoid, SigmoidOperator, SigmoidGradient>
{
    protected override bool SavesOutput => true;
}
