using CourseLib.Kernels;
using CourseLib.Tests.Kernels.Sizes;

namespace CourseLib.Tests.Kernels;

/// <summary>One product of operands that begin anywhere in memory, compared with the same sums in double; nothing but C is written.</summary>
internal static class GemmCase
{
    private const float Untouched = 12345;

    public static void Verify(int m, int n, int k, bool transposeA, bool transposeB, bool accumulate, int gap = 0)
    {
        int lda = (transposeA ? m : k) + gap, ldb = (transposeB ? k : n) + gap, ldc = n + gap;
        Guarded a = new(Numbers((transposeA ? k : m) * lda, 1), m & 3), b = new(Numbers((transposeB ? n : k) * ldb, 2), n & 3), c = new(Numbers(m * ldc, 3), k & 3);
        float[] before = c.Span.ToArray();
        for (int i = 0; i < c.Length; i++)
        {
            if (i % ldc >= n)
            {
                c.Span[i] = Untouched;
            }
        }

        Gemm.Multiply(a, lda, transposeA, b, ldb, transposeB, c, ldc, m, n, k, accumulate);

        string Case() => FormattableString.Invariant($"{m}x{n}x{k} tA={transposeA} tB={transposeB} acc={accumulate} gap={gap}");
        // The double sums run over rows of a stored plainly and columns of b stored as rows: both walk through memory in order.
        double[] left = Rows(a, lda, m, k, transposeA), right = Rows(b, ldb, n, k, !transposeB);
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<double> row = left.AsSpan(i * k, k);
            for (int j = 0; j < n; j++)
            {
                ReadOnlySpan<double> column = right.AsSpan(j * k, k);
                double sum = accumulate ? before[(i * ldc) + j] : 0, size = Math.Abs(sum);
                for (int p = 0; p < k; p++)
                {
                    double term = row[p] * column[p];
                    sum += term;
                    size += Math.Abs(term);
                }
                // The bound of any order, and the far smaller error of a running sum of many terms of at most 1, whose roundings go both ways; wrong indices are off by tenths.
                double error = Math.Abs(c[(i * ldc) + j] - sum), bound = Math.Min(Rounding.Gamma(k + 1) * size, 2e-6 * (Math.Sqrt(k) + 2));
                if (!(error <= bound))
                {
                    Assert.Fail(FormattableString.Invariant($"{Case()}: C[{i},{j}] is off by {error}"));
                }
            }
            Assert.True(c.Span[((i * ldc) + n)..((i + 1) * ldc)].IndexOfAnyExcept(Untouched) < 0, Case());
        }

        c.Verify(Case());
    }

    private static double[] Rows(ReadOnlySpan<float> matrix, int stride, int rows, int columns, bool transposed)
    {
        double[] result = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int p = 0; p < columns; p++)
            {
                result[(i * columns) + p] = matrix[transposed ? (p * stride) + i : (i * stride) + p];
            }
        }
        return result;
    }

    public static float[] Numbers(int length, ulong seed)
    {
        float[] numbers = new float[length];
        new Generator(seed).Uniform(numbers, -1, 1);
        return numbers;
    }
}
