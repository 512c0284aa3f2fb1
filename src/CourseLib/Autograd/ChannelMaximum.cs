using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The largest of each k neighbouring channels, made of a reshape and <see cref="Max"/>.</summary>
internal static class ChannelMaximum
{
    internal static Tensor Apply(Tensor x, int pieces)
    {
        Shape shape = x.Shape;
        if (pieces < 1 || shape.Rank < 2 || shape[1] % pieces != 0)
        {
            throw new ArgumentException($"Maxout: expected an input of shape (batch, m pieces, …) and at least 1 piece, got {shape} and {pieces} pieces.", nameof(x));
        }

        // [B, m k, …] as [B, m, k, the rest]
        int units = shape[1] / pieces;
        Shape result = shape.With(1, units);
        return x.Reshape(shape[0], units, pieces, shape.Product(2, shape.Rank)).Max(2).Reshape(Shape.AsSpan(result));
    }
}
