using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y = a - b; dL/da = dL/dy, dL/db = -dL/dy.</summary>
internal sealed class Subtract : BinaryFunction<Subtract, SubtractOperator>
{
    protected override void Backward(ReadOnlySpan<float> dy)
    {
        if (Needs(0))
        {
            Bring(0, dy);
        }

        if (Needs(1))
        {
            Tensor minus = Tensor.Empty(Output.Shape);
            Elementwise.Unary<NegateOperator>(dy, minus.Span);
            Bring(1, minus.Span);
        }
    }
}
