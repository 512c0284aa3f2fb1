using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The largest element along an axis; the gradient goes to the first place where it stands.</summary>
internal sealed class Max : Function
{
    private int[] places = [];

    internal static Tensor Apply(Tensor x, int axis, bool keepDim)
    {
        Shape shape = x.Shape;
        axis = shape.Axis("Max", axis);
        (int outer, int count, int inner) = (shape.Product(0, axis), shape[axis], shape.Product(axis + 1, shape.Rank));
        if (count == 0)
        {
            throw new ArgumentException($"Max: axis {axis} of {shape} is empty.", nameof(axis));
        }

        Tensor y = Tensor.Empty(keepDim ? shape.With(axis, 1) : shape.Without(axis));
        Max? node = Record<Max>(y, x);
        if (node is not null && node.places.Length < y.Length)
        {
            node.places = new int[y.Length];
        }

        ReadOnlySpan<float> source = x.Span;
        Span<float> target = y.Span;
        for (int at = 0; at < target.Length; at++)
        {
            int best = ((at / inner) * count * inner) + (at % inner);
            for (int j = 1, place = best + inner; j < count; j++, place += inner)
            {
                // "Not less or equal" lets a NaN win, so that it is seen.
                if (!(source[place] <= source[best]) && !float.IsNaN(source[best]))
                {
                    best = place;
                }
            }

            target[at] = source[best];
            if (node is not null)
            {
                node.places[at] = best;
            }
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

        for (int i = 0; i < dy.Length; i++)
        {
            dx[places[i]] += dy[i];
        }
    }
}
