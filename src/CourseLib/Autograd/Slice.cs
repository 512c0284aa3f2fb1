using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>A range of one axis, copied; dL/dx is dL/dy there and 0 elsewhere.</summary>
internal sealed class Slice : Function
{
    private int axis;
    private int start;

    internal static Tensor Apply(Tensor x, int axis, int start, int length)
    {
        Shape shape = x.Shape;
        axis = shape.Axis("Slice", axis);
        if (start < 0 || length < 0 || start > shape[axis] - length)
        {
            throw new ArgumentOutOfRangeException(nameof(start), $"Slice: {start} to {(long)start + length} is outside axis {axis} of {shape}; expected 0 to {shape[axis]}.");
        }

        Tensor y = Tensor.Empty(shape.With(axis, length));
        int inner = shape.Product(axis + 1, shape.Rank);
        int run = length * inner;
        for (int i = 0; run > 0 && i < y.Length / run; i++)
        {
            x.Span.Slice(((i * shape[axis]) + start) * inner, run).CopyTo(y.Span.Slice(i * run, run));
        }

        if (Record<Slice>(y, x) is { } node)
        {
            (node.axis, node.start) = (axis, start);
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Shape shape = Input(0).Shape;
        Span<float> dx = Gradient(0, out bool accumulate);
        if (!accumulate)
        {
            dx.Clear();
        }

        int inner = shape.Product(axis + 1, shape.Rank);
        int run = Output.Shape[axis] * inner;
        for (int i = 0; run > 0 && i < dy.Length / run; i++)
        {
            Span<float> part = dx.Slice(((i * shape[axis]) + start) * inner, run);
            Elementwise.Binary<AddOperator>(part, dy.Slice(i * run, run), part);
        }
    }
}
