using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>Rows of x along its first axis, in a given order and as often as named; dL/dx adds up what each row's copies received.</summary>
internal sealed class SelectRows : Function
{
    private int[] rows = [];
    private int count;

    internal static Tensor Apply(Tensor x, ReadOnlySpan<int> rows)
    {
        Shape shape = x.Shape;
        if (shape.Rank == 0)
        {
            throw new ArgumentException("SelectRows: a scalar has no rows.", nameof(x));
        }

        int width = shape.Product(1, shape.Rank);
        Tensor y = Tensor.Empty(shape.With(0, rows.Length));
        for (int i = 0; i < rows.Length; i++)
        {
            if ((uint)rows[i] >= (uint)shape[0])
            {
                throw new ArgumentOutOfRangeException(nameof(rows), $"SelectRows: row {rows[i]} does not exist in {shape}; expected 0 to {shape[0] - 1}.");
            }

            x.Span.Slice(rows[i] * width, width).CopyTo(y.Span.Slice(i * width, width));
        }

        if (Record<SelectRows>(y, x) is { } node)
        {
            if (node.rows.Length < rows.Length)
            {
                node.rows = new int[rows.Length];
            }

            rows.CopyTo(node.rows);
            node.count = rows.Length;
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Span<float> dx = Gradient(0, out bool accumulate);
        if (!accumulate)
        {
            dx.Clear();
        }

        int width = count == 0 ? 0 : dy.Length / count;
        for (int i = 0; i < count; i++)
        {
            Span<float> target = dx.Slice(rows[i] * width, width);
            Elementwise.Binary<AddOperator>(target, dy.Slice(i * width, width), target);
        }
    }
}
