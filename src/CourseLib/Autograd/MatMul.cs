using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>C = A B for A [m, k] and B [k, n]; dL/dA = dL/dC B^T, dL/dB = A^T dL/dC.</summary>
internal sealed class MatMul : Function
{
    internal static Tensor Apply(Tensor a, Tensor b)
    {
        if (a.Rank != 2 || b.Rank != 2 || a.Shape[1] != b.Shape[0])
        {
            throw new ArgumentException($"MatMul: expected matrices (m, k) and (k, n), got {a.Shape} and {b.Shape}.", nameof(b));
        }

        (int m, int k, int n) = (a.Shape[0], a.Shape[1], b.Shape[1]);
        Tensor c = Tensor.Empty([m, n]);
        Gemm.Multiply(a.Span, false, b.Span, false, c.Span, m, n, k);
        Record<MatMul>(c, a, b);
        return c;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        (int m, int k, int n) = (Input(0).Shape[0], Input(0).Shape[1], Input(1).Shape[1]);
        if (Needs(0))
        {
            Span<float> da = Gradient(0, out bool accumulate);
            Gemm.Multiply(dy, false, Input(1).Span, true, da, m, k, n, accumulate);
        }

        if (Needs(1))
        {
            Span<float> db = Gradient(1, out bool accumulate);
            Gemm.Multiply(Input(0).Span, true, dy, false, db, k, n, m, accumulate);
        }
    }
}
