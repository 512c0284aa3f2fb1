using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>Brings what an activation keeps for each channel into a shape that broadcasts over the pixels.</summary>
internal static class Channels
{
    /// <summary>[C] or [B, C] with an axis of size 1 for each axis of x behind the channels: [C, 1, 1] for images.</summary>
    internal static Tensor Along(Tensor values, Tensor x)
    {
        int pixelAxes = x.Rank - 2;
        if (pixelAxes == 0)
        {
            return values;
        }

        Shape shape = values.Shape;
        Span<int> sizes = stackalloc int[shape.Rank + pixelAxes];
        sizes.Fill(1);
        Shape.AsSpan(shape).CopyTo(sizes);
        return values.Reshape(sizes);
    }

    /// <summary>Throws unless the input is [B, channels, …].</summary>
    internal static void Require(string activation, Tensor x, int channels)
    {
        if (x.Rank < 2 || x.Shape[1] != channels)
        {
            throw new ArgumentException($"{activation}: expected an input of shape (batch, {channels}, …), got {x.Shape}.", nameof(x));
        }
    }
}
