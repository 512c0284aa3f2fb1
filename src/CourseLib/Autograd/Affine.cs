using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y = scale x + shift with constants; dL/dx = scale dL/dy. Arithmetic with a number is this.</summary>
internal sealed class Affine : Function
{
    private float scale;

    internal static Tensor Apply(Tensor x, double scale, double shift)
    {
        Tensor y = Tensor.Empty(x.Shape);
        Elementwise.Unary(x.Span, y.Span, new AffineOperator((float)scale, (float)shift));
        if (Record<Affine>(y, x) is { } node)
        {
            node.scale = (float)scale;
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy) =>
        Elementwise.Unary(dy, Gradient(0, out bool accumulate), new AffineOperator(scale, 0), accumulate);
}
