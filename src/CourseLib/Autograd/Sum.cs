using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The sum over one axis, or over all; dL/dx is dL/dy repeated along what was summed.</summary>
internal sealed class Sum : Function
{
    /// <summary>x seen as [outer, count, inner], with <c>count</c> summed away.</summary>
    private (int Outer, int Count, int Inner) view;

    internal static Tensor Apply(Tensor x)
    {
        Tensor y = Tensor.Scalar(Reductions.Sum(x.Span));
        if (Record<Sum>(y, x) is { } node)
        {
            node.view = (1, x.Length, 1);
        }

        return y;
    }

    internal static Tensor Apply(Tensor x, int axis, bool keepDim)
    {
        Shape shape = x.Shape;
        axis = shape.Axis("Sum", axis);
        (int outer, int count, int inner) = (shape.Product(0, axis), shape[axis], shape.Product(axis + 1, shape.Rank));
        Tensor y = Tensor.Empty(keepDim ? shape.With(axis, 1) : shape.Without(axis));
        if (inner == 1)
        {
            Reductions.SumRows(x.Span, outer, count, y.Span);
        }
        else
        {
            for (int i = 0; i < outer; i++)
            {
                Reductions.SumColumns(x.Span.Slice(i * count * inner, count * inner), count, inner, y.Span.Slice(i * inner, inner));
            }
        }

        if (Record<Sum>(y, x) is { } node)
        {
            node.view = (outer, count, inner);
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Span<float> dx = Gradient(0, out bool accumulate);
        (int outer, int count, int inner) = view;
        for (int i = 0; i < outer; i++)
        {
            Span<float> block = dx.Slice(i * count * inner, count * inner);
            if (inner == 1)
            {
                if (accumulate)
                {
                    Elementwise.Binary<AddOperator>(block, dy[i], block);
                }
                else
                {
                    block.Fill(dy[i]);
                }

                continue;
            }

            ReadOnlySpan<float> row = dy.Slice(i * inner, inner);
            for (int j = 0; j < count; j++)
            {
                Span<float> target = block.Slice(j * inner, inner);
                Elementwise.Copy(row, target, accumulate);
            }
        }
    }
}
