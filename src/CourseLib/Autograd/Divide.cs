using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y = a / b, element by element; dL/da = dL/dy / b, dL/db = -dL/dy y / b.</summary>
internal sealed class Divide : BinaryFunction<Divide, DivideOperator>
{
    protected override void Backward(ReadOnlySpan<float> dy)
    {
        if (Needs(0))
        {
            Bring<DivideOperator>(0, dy, Input(1));
        }

        if (Needs(1))
        {
            Tensor full = Tensor.Empty(Output.Shape);
            Elementwise.Binary<MultiplyOperator>(dy, Output.Span, full.Span);
            Broadcasting.Binary<DivideOperator>(full, Input(1), full);
            Elementwise.Unary<NegateOperator>(full.Span, full.Span);
            Bring(1, full.Span);
        }
    }
}
