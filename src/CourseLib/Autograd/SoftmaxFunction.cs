namespace CourseLib.Autograd;

/// <summary>y_i = e^x_i / sum_j e^x_j along the last axis; dL/dx = y (dL/dy - sum_j y_j dL/dy_j).</summary>
internal sealed class SoftmaxFunction : RowFunction<SoftmaxFunction>, IRowKernels
{
    public static string Operation => "Softmax";

    public static void Forward(int rows, int columns, ReadOnlySpan<float> x, Span<float> y) => Kernels.Softmax.Forward(rows, columns, x, y);

    public static void Backward(int rows, int columns, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate) =>
        Kernels.Softmax.Backward(rows, columns, y, dy, dx, accumulate);
}
