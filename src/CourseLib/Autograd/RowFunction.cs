using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The kernels of an operation on the rows along the last axis whose derivative is simplest in its output.</summary>
internal interface IRowKernels
{
    /// <summary>What the operation is called in errors.</summary>
    static abstract string Operation { get; }

    /// <summary>y from x, both [rows, columns].</summary>
    static abstract void Forward(int rows, int columns, ReadOnlySpan<float> x, Span<float> y);

    /// <summary>dx from y and dy.</summary>
    static abstract void Backward(int rows, int columns, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate);
}

/// <summary>What the operations on rows share: softmax and its logarithm.</summary>
/// <typeparam name="TSelf">The operation.</typeparam>
internal abstract class RowFunction<TSelf> : Function
    where TSelf : RowFunction<TSelf>, IRowKernels, new()
{
    public sealed override string Name => TSelf.Operation;

    internal static Tensor Apply(Tensor x)
    {
        Shape shape = x.Shape;
        if (shape.ElementCount == 0 || shape.Rank == 0)
        {
            throw new ArgumentException($"{TSelf.Operation}: expected at least one row of numbers along a last axis, got shape {shape}.", nameof(x));
        }

        Tensor y = Tensor.Empty(shape);
        TSelf.Forward(x.Length / shape[-1], shape[-1], x.Span, y.Span);
        Record<TSelf>(y, x);
        return y;
    }

    protected sealed override void Backward(ReadOnlySpan<float> dy)
    {
        Span<float> dx = Gradient(0, out bool accumulate);
        int columns = Output.Shape[-1];
        TSelf.Backward(dy.Length / columns, columns, Output.Span, dy, dx, accumulate);
    }
}
