using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y = sin x, dL/dx = dL/dy cos x; or y = cos x, dL/dx = -dL/dy sin x.</summary>
internal sealed class CircleFunction : Function
{
    private bool cosine;

    public override string Name => cosine ? "Cos" : "Sin";

    internal static Tensor Apply(Tensor x, bool cosine)
    {
        Tensor y = Tensor.Empty(x.Shape);
        Compute(x, y, cosine);
        if (Record<CircleFunction>(y, x) is { } node)
        {
            node.cosine = cosine;
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Tensor slope = Tensor.Empty(Output.Shape);
        Compute(Input(0), slope, !cosine);
        if (cosine)
        {
            Elementwise.Unary<NegateOperator>(slope.Span, slope.Span);
        }

        Elementwise.Binary<MultiplyOperator>(dy, slope.Span, Gradient(0, out bool accumulate), accumulate: accumulate);
    }

    private static void Compute(Tensor x, Tensor y, bool cosine)
    {
        if (cosine)
        {
            Trigonometry.Cos(x.Span, y.Span);
        }
        else
        {
            Trigonometry.Sin(x.Span, y.Span);
        }
    }
}
