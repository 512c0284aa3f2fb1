using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y = max(a, b), element by element; the gradient goes to the larger operand, and half to each where they are equal (as torch does).</summary>
internal sealed class Maximum : BinaryFunction<Maximum, MaxOperator>
{
    protected override void Backward(ReadOnlySpan<float> dy)
    {
        for (int i = 0; i < 2; i++)
        {
            if (Needs(i))
            {
                Tensor full = Tensor.Empty(Output.Shape);
                Broadcasting.Binary(Input(i), Input(1 - i), full, default(MaximumShareOperator));
                Elementwise.Binary<MultiplyOperator>(dy, full.Span, full.Span);
                Bring(i, full.Span);
            }
        }
    }
}
