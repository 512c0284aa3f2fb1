using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>
/// The distance of row i of a from row i of b: y_i = ||a_i - b_i + eps||_p. With d = a - b + eps, dL/da_ij = dL/dy_i sign(d_ij) (|d_ij| / y_i)^(p-1), and
/// dL/db = -dL/da. Where y_i is 0 there is no gradient; 0 is taken.
/// </summary>
/// <remarks>For p = infinity y_i is the largest |d_ij|, and those equal to it share the gradient (as torch).</remarks>
internal sealed class PairwiseDistanceFunction : Function
{
    private double p;
    private double eps;

    public override string Name => "PairwiseDistance";

    internal static Tensor Apply(Tensor a, Tensor b, double p, double eps)
    {
        Check("PairwiseDistance", p, eps);
        if (a.Rank != 2 || a.Shape != b.Shape)
        {
            throw new ArgumentException($"PairwiseDistance: expected two tensors of one shape (batch, features), got {a.Shape} and {b.Shape}.", nameof(b));
        }

        Tensor y = Tensor.Empty(a.Shape[0]);
        int width = a.Shape[1];
        for (int row = 0; row < y.Length; row++)
        {
            y.Span[row] = (float)Norm(a.Span.Slice(row * width, width), b.Span.Slice(row * width, width), p, eps);
        }

        if (Record<PairwiseDistanceFunction>(y, a, b) is { } node)
        {
            (node.p, node.eps) = (p, eps);
        }

        return y;
    }

    /// <summary>Fails unless p is that of a norm, and eps is not negative.</summary>
    internal static void Check(string operation, double p, double eps)
    {
        if (!(p >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, FormattableString.Invariant($"{operation}: expected a norm's p of at least 1, got {p}."));
        }

        if (!(eps >= 0 && double.IsFinite(eps)))
        {
            throw new ArgumentOutOfRangeException(nameof(eps), eps, FormattableString.Invariant($"{operation}: expected an eps of at least 0, got {eps}."));
        }
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        for (int operand = 0; operand < 2; operand++)
        {
            if (Needs(operand))
            {
                Bring(dy, Gradient(operand, out bool accumulate), operand == 0 ? 1 : -1, accumulate);
            }
        }
    }

    private void Bring(ReadOnlySpan<float> dy, Span<float> gradient, int sign, bool accumulate)
    {
        int width = Input(0).Shape[1];
        for (int row = 0; row < dy.Length; row++)
        {
            ReadOnlySpan<float> a = Input(0).Span.Slice(row * width, width);
            ReadOnlySpan<float> b = Input(1).Span.Slice(row * width, width);
            Span<float> target = gradient.Slice(row * width, width);

            // In double and from the unrounded norm: a ratio of two roundings would spoil the largest element for p = infinity.
            double norm = Norm(a, b, p, eps);
            double share = sign * (double)dy[row] / (double.IsPositiveInfinity(p) ? CountLargest(a, b, norm) : 1);
            for (int i = 0; i < width; i++)
            {
                double d = a[i] - (double)b[i] + eps;
                double slope = norm == 0 ? 0 : Math.Sign(d) * Math.Pow(Math.Abs(d) / norm, p - 1);
                target[i] = (float)(share * slope) + (accumulate ? target[i] : 0);
            }
        }
    }

    private static double Norm(ReadOnlySpan<float> a, ReadOnlySpan<float> b, double p, double eps)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double d = Math.Abs(a[i] - (double)b[i] + eps);
            sum = p switch
            {
                1 => sum + d,
                2 => sum + (d * d),
                double.PositiveInfinity => Math.Max(sum, d),
                _ => sum + Math.Pow(d, p),
            };
        }

        return p is 1 or double.PositiveInfinity ? sum : p == 2 ? Math.Sqrt(sum) : Math.Pow(sum, 1 / p);
    }

    private int CountLargest(ReadOnlySpan<float> a, ReadOnlySpan<float> b, double norm)
    {
        int count = 0;
        for (int i = 0; i < a.Length; i++)
        {
            count += Math.Abs(a[i] - (double)b[i] + eps) == norm ? 1 : 0;
        }

        return Math.Max(count, 1);
    }
}
