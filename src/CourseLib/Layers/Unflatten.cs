using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>Gives each example a shape: [B, n] becomes [B, sizes…]. The way back from <see cref="Flatten"/>, before the convolutions of a decoder.</summary>
public sealed class Unflatten : Module
{
    private readonly Shape example;

    /// <param name="sizes">The shape of one example, without the batch axis, such as (16, 7, 7).</param>
    /// <exception cref="ArgumentException">A size is negative.</exception>
    public Unflatten(params ReadOnlySpan<int> sizes) => example = new Shape(sizes);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The examples have another number of elements.</exception>
    public override Tensor Forward(Tensor x)
    {
        if (x.Rank == 0 || x.Length != (long)x.Shape[0] * example.ElementCount)
        {
            throw new ArgumentException($"Unflatten: expected examples of {example.ElementCount} numbers to make {example} of each, got a batch of shape {x.Shape}.", nameof(x));
        }

        Span<int> sizes = stackalloc int[example.Rank + 1];
        sizes[0] = x.Shape[0];
        Shape.AsSpan(example).CopyTo(sizes[1..]);
        return x.Reshape(sizes);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Unflatten{example}";
}
