using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = a b, element by element; dL/da = dL/dy b, dL/db = dL/dy a.</summary>
internal sealed class Multiply : BinaryFunction<Multiply, MultiplyOperator>
{
    protected override void Backward(ReadOnlySpan<float> dy)
    {
        if (Needs(0))
        {
            Bring<MultiplyOperator>(0, dy, Input(1));
        }

        if (Needs(1))
        {
            Bring<MultiplyOperator>(1, dy, Input(0));
        }
    }
}
