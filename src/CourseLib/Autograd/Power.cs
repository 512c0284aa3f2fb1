using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y = x^p for a constant p; dL/dx = dL/dy p x^(p-1).</summary>
internal sealed class Power : Function
{
    private float exponent;

    internal static Tensor Apply(Tensor x, float exponent)
    {
        Tensor y = Tensor.Empty(x.Shape);
        Elementwise.Pow(x.Span, exponent, y.Span);
        if (Record<Power>(y, x) is { } node)
        {
            node.exponent = exponent;
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy) =>
        Elementwise.PowGradient(dy, Input(0).Span, exponent, Gradient(0, out bool accumulate), accumulate);
}
