using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y_i = e^x_i / sum_j e^x_j along the last axis; dL/dx = y (dL/dy - sum_j y_j dL/dy_j).</summary>
internal sealed class SoftmaxFunction : Function
{
    public override string Name => "Softmax";

    internal static Tensor Apply(Tensor x)
    {
        Tensor y = Tensor.Empty(x.Shape);
        Kernels.Softmax.Forward(x.Length / x.Shape[-1], x.Shape[-1], x.Span, y.Span);
        Record<SoftmaxFunction>(y, x);
        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Span<float> dx = Gradient(0, out bool accumulate);
        int columns = Output.Shape[-1];
        Kernels.Softmax.Backward(dy.Length / columns, columns, Output.Span, dy, dx, accumulate);
    }
}
