using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>S_beta(x) = sum_i p_i x_i with p = softmax(beta x), along one axis; dS/dx_i = p_i (1 + beta (x_i - S)) comes from its parts.</summary>
internal static class SmoothMaximum
{
    internal static Tensor Apply(Tensor x, double beta, int axis, bool keepDim)
    {
        Shape shape = x.Shape;
        axis = shape.Axis("SmoothMaximum", axis);
        if (shape.ElementCount == 0)
        {
            throw new ArgumentException($"SmoothMaximum: {shape} is empty.", nameof(x));
        }

        // Softmax works along the last axis: [outer, n, inner] becomes [outer, inner, n].
        (int outer, int count, int inner) = (shape.Product(0, axis), shape[axis], shape.Product(axis + 1, shape.Rank));
        Tensor rows = inner == 1 ? x.Reshape(outer, count) : x.Reshape(outer, count, inner).Permute(0, 2, 1).Reshape(outer * inner, count);
        Shape result = keepDim ? shape.With(axis, 1) : shape.Without(axis);
        return (Functional.Softmax(rows * beta) * rows).Sum(1).Reshape(Shape.AsSpan(result));
    }
}
