using System.Runtime.CompilerServices;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>Reorders the axes: y has at axis i what x has at axis order[i]. dL/dx is dL/dy under the inverse order.</summary>
internal sealed class Permute : Function
{
    [InlineArray(Shape.MaxRank)]
    private struct Axes
    {
        private int first;
    }

    private Axes order;

    internal static Tensor Apply(Tensor x, ReadOnlySpan<int> order)
    {
        Shape from = x.Shape;
        Span<int> sizes = stackalloc int[Shape.MaxRank];
        Axes axes = default;
        int seen = 0;
        for (int i = 0; i < order.Length && i < from.Rank; i++)
        {
            axes[i] = from.Axis("Permute", order[i]);
            sizes[i] = from[axes[i]];
            seen |= 1 << axes[i];
        }

        if (order.Length != from.Rank || seen != (1 << from.Rank) - 1)
        {
            throw new ArgumentException($"Permute: expected each of the {from.Rank} axes of {from} once, got ({string.Join(", ", order.ToArray())}).", nameof(order));
        }

        Tensor y = Tensor.Empty(new Shape(sizes[..from.Rank]));
        Copy(x.Span, from, axes, y.Span, accumulate: false, backward: false);
        if (Record<Permute>(y, x) is { } node)
        {
            node.order = axes;
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy) =>
        Copy(dy, Input(0).Shape, order, Gradient(0, out bool accumulate), accumulate, backward: true);

    /// <summary>Walks y in its own order and x by the permuted steps; forward writes y, backward writes x.</summary>
    private static void Copy(ReadOnlySpan<float> source, in Shape from, in Axes order, Span<float> target, bool accumulate, bool backward)
    {
        int rank = from.Rank;
        if (source.Length == 0)
        {
            return;
        }

        if (rank == 0)
        {
            target[0] = source[0] + (accumulate ? target[0] : 0);
            return;
        }

        Span<int> steps = stackalloc int[rank];
        Span<int> sizes = stackalloc int[rank];
        Span<int> index = stackalloc int[rank];
        index.Clear();
        for (int i = 0; i < rank; i++)
        {
            sizes[i] = from[order[i]];
            steps[i] = from.Product(order[i] + 1, rank);
        }

        int at = 0;
        int run = sizes[rank - 1];
        int step = steps[rank - 1];
        for (int start = 0; start < source.Length; start += run)
        {
            for (int i = 0; i < run; i++)
            {
                int x = at + (i * step);
                int y = start + i;
                if (!backward)
                {
                    target[y] = source[x];
                }
                else
                {
                    target[x] = source[y] + (accumulate ? target[x] : 0);
                }
            }

            for (int axis = rank - 2; axis >= 0; axis--)
            {
                at += steps[axis];
                if (++index[axis] < sizes[axis])
                {
                    break;
                }

                at -= steps[axis] * sizes[axis];
                index[axis] = 0;
            }
        }
    }
}
