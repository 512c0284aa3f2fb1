using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The same numbers under another shape, without a copy; dL/dx is dL/dy under the old shape.</summary>
internal sealed class Reshape : Function
{
    /// <param name="x">The tensor.</param>
    /// <param name="sizes">The new sizes; one of them may be -1, which is then worked out.</param>
    internal static Tensor Apply(Tensor x, ReadOnlySpan<int> sizes)
    {
        int unknown = sizes.IndexOf(-1);
        if (sizes.Length > Shape.MaxRank || sizes[(unknown + 1)..].IndexOfAnyInRange(int.MinValue, -1) >= 0)
        {
            throw new ArgumentException($"Reshape: expected at most {Shape.MaxRank} sizes, none negative but one -1, got ({string.Join(", ", sizes.ToArray())}).", nameof(sizes));
        }

        Span<int> resolved = stackalloc int[sizes.Length];
        sizes.CopyTo(resolved);
        if (unknown >= 0)
        {
            resolved[unknown] = 1;
            int rest = new Shape(resolved).ElementCount;
            resolved[unknown] = rest == 0 || x.Length % rest != 0 ? 0 : x.Length / rest;
        }

        Shape shape = new(resolved);
        if (shape.ElementCount != x.Length)
        {
            throw new ArgumentException($"Reshape: {x.Shape} has {x.Length} elements and cannot become ({string.Join(", ", sizes.ToArray())}).", nameof(sizes));
        }

        Tensor y = new(Storage.View(x.Storage, shape), x.Name);
        Record<Reshape>(y, x);
        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Span<float> dx = Gradient(0, out bool accumulate);
        Broadcasting.SumTo(dy, Input(0).Shape, dx, Input(0).Shape, accumulate);
    }
}
