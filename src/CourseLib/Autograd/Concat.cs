using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>Two tensors joined along an axis; each gets its part of dL/dy.</summary>
internal sealed class Concat : Function
{
    private int axis;

    internal static Tensor Apply(Tensor a, Tensor b, int axis)
    {
        Shape shape = a.Shape;
        axis = shape.Axis("Concat", axis);
        if (b.Rank != shape.Rank || b.Shape.With(axis, shape[axis]) != shape)
        {
            throw new ArgumentException($"Concat: {a.Shape} and {b.Shape} differ elsewhere than at axis {axis}.", nameof(b));
        }

        Tensor y = Tensor.Empty(shape.With(axis, shape[axis] + b.Shape[axis]));
        for (int part = 0, at = 0; part < 2; part++)
        {
            Tensor source = part == 0 ? a : b;
            int run = source.Shape.Product(axis, shape.Rank);
            int stride = y.Shape.Product(axis, shape.Rank);
            for (int i = 0; run > 0 && i < source.Length / run; i++)
            {
                source.Span.Slice(i * run, run).CopyTo(y.Span.Slice((i * stride) + at, run));
            }

            at += run;
        }

        if (Record<Concat>(y, a, b) is { } node)
        {
            node.axis = axis;
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        int stride = Output.Shape.Product(axis, Output.Rank);
        for (int part = 0, at = 0; part < 2; part++)
        {
            int run = Input(part).Shape.Product(axis, Output.Rank);
            if (Needs(part))
            {
                // Asked for also where the part is empty: a parameter that took part has a gradient.
                Span<float> dx = Gradient(part, out bool accumulate);
                for (int i = 0; run > 0 && i < dx.Length / run; i++)
                {
                    ReadOnlySpan<float> source = dy.Slice((i * stride) + at, run);
                    Span<float> target = dx.Slice(i * run, run);
                    Elementwise.Copy(source, target, accumulate);
                }
            }

            at += run;
        }
    }
}
