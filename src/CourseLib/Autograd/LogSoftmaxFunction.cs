using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y_i = x_i - log sum_j e^x_j along the last axis; dL/dx = dL/dy - softmax(x) sum_j dL/dy_j.</summary>
internal sealed class LogSoftmaxFunction : Function
{
    public override string Name => "LogSoftmax";

    internal static Tensor Apply(Tensor x)
    {
        Tensor y = Tensor.Empty(x.Shape);
        Kernels.LogSoftmax.Forward(x.Length / x.Shape[-1], x.Shape[-1], x.Span, y.Span);
        Record<LogSoftmaxFunction>(y, x);
        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Span<float> dx = Gradient(0, out bool accumulate);
        int columns = Output.Shape[-1];
        Kernels.LogSoftmax.Backward(dy.Length / columns, columns, Output.Span, dy, dx, accumulate);
    }
}
