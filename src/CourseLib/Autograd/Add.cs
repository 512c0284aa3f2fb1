using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>y = a + b; dL/da = dL/dy, dL/db = dL/dy.</summary>
internal sealed class Add : BinaryFunction<Add, AddOperator>
{
    protected override void Backward(ReadOnlySpan<float> dy)
    {
        for (int i = 0; i < 2; i++)
        {
            if (Needs(i))
            {
                Bring(i, dy);
            }
        }
    }
}
