namespace CourseLib.Autograd;

/// <summary>y_i = x_i - log sum_j e^x_j along the last axis; dL/dx = dL/dy - softmax(x) sum_j dL/dy_j.</summary>
internal sealed class LogSoftmaxFunction : RowFunction<LogSoftmaxFunction>, IRowKernels
{
    public static string Operation => "LogSoftmax";

    public static void Forward(int rows, int columns, ReadOnlySpan<float> x, Span<float> y) => Kernels.LogSoftmax.Forward(rows, columns, x, y);

    public static void Backward(int rows, int columns, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate) =>
        Kernels.LogSoftmax.Backward(rows, columns, y, dy, dx, accumulate);
}
