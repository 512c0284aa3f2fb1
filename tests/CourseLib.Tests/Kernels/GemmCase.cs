using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

/// <summary>One product, compared with the same sums in double.</summary>
internal static class GemmCase
{
    private const float Untouched = 12345;

    public static void Verify(int m, int n, int k, bool transposeA, bool transposeB, bool accumulate, int gap = 0)
    {
        int lda = (transposeA ? m : k) + gap, ldb = (transposeB ? k : n) + gap, ldc = n + gap;
        float[] a = Numbers((transposeA ? k : m) * lda, 1);
        float[] b = Numbers((transposeB ? n : k) * ldb, 2);
        float[] c = Numbers(m * ldc, 3);
        float[] before = [.. c];
        for (int i = 0; i < c.Length; i++)
        {
            if (i % ldc >= n)
            {
                c[i] = Untouched;
            }
        }

        Gemm.Multiply(a, lda, transposeA, b, ldb, transposeB, c, ldc, m, n, k, accumulate);

        // The double sums run over rows of a stored plainly and columns of b stored as rows: both walk through memory in order.
        double[] left = Rows(a, lda, m, k, transposeA), right = Rows(b, ldb, n, k, !transposeB);
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<double> row = left.AsSpan(i * k, k);
            for (int j = 0; j < n; j++)
            {
                ReadOnlySpan<double> column = right.AsSpan(j * k, k);
                double sum = accumulate ? before[(i * ldc) + j] : 0;
                for (int p = 0; p < k; p++)
                {
                    sum += row[p] * column[p];
                }
                // A running float sum of k terms of at most 1 is off by at most k half-ulps of its largest value, and is so by chance
                // far less; wrong indices are off by tenths.
                double error = Math.Abs(c[(i * ldc) + j] - sum);
                Assert.True(error <= 2e-6 * (Math.Sqrt(k) + 2), $"{m}x{n}x{k} tA={transposeA} tB={transposeB} acc={accumulate} gap={gap}: C[{i},{j}] is off by {error}");
            }
            Assert.All(c[((i * ldc) + n)..((i + 1) * ldc)], x => Assert.Equal(Untouched, x));
        }
    }

    private static double[] Rows(float[] matrix, int stride, int rows, int columns, bool transposed)
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
