using CourseLib.Tensors;

namespace CourseLib.Data;

/// <summary>Copies of items along the first axis, apart from the graph.</summary>
internal static class Rows
{
    /// <summary>A tensor that no tape reclaims, even when one is open: data outlives a training step.</summary>
    public static Tensor Ordinary(params ReadOnlySpan<int> shape) => new(Storage.AllocateOrdinary(new Shape(shape)));

    /// <summary>Neighbouring items as an ordinary tensor.</summary>
    public static Tensor Copy(Tensor source, int first, int count)
    {
        Tensor copy = new(Storage.AllocateOrdinary(source.Shape.With(0, count)));
        int width = source.Shape.Product(1, source.Rank);
        source.Span.Slice(first * width, count * width).CopyTo(copy.Span);
        return copy;
    }

    /// <summary>The items with these indices.</summary>
    /// <param name="source">[N, …].</param>
    /// <param name="indices">Each from 0 to N - 1, checked by the caller.</param>
    /// <param name="lend">True to let an open tape lend the memory, false for an ordinary tensor.</param>
    public static Tensor Copy(Tensor source, ReadOnlySpan<int> indices, bool lend)
    {
        Shape shape = source.Shape.With(0, indices.Length);
        Tensor copy = lend ? Tensor.Empty(shape) : new Tensor(Storage.AllocateOrdinary(shape));
        int width = source.Shape.Product(1, source.Rank);
        Span<float> from = source.Span;
        Span<float> to = copy.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            from.Slice(indices[i] * width, width).CopyTo(to.Slice(i * width, width));
        }

        return copy;
    }
}
