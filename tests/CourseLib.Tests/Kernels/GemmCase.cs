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

        // A running float sum of k terms is off by at most k half-ulps of the sum of the sizes of its terms.
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = accumulate ? before[(i * ldc) + j] : 0, size = Math.Abs(sum);
                for (int p = 0; p < k; p++)
                {
                    double term = (double)a[transposeA ? (p * lda) + i : (i * lda) + p] * b[transposeB ? (j * ldb) + p : (p * ldb) + j];
                    sum += term;
                    size += Math.Abs(term);
                }
                double error = Math.Abs(c[(i * ldc) + j] - sum);
                Assert.True(error <= size * (k + 2) * 6e-8, $"{m}x{n}x{k} tA={transposeA} tB={transposeB} acc={accumulate} gap={gap}: C[{i},{j}] is off by {error}");
            }
            for (int j = n; j < ldc; j++)
            {
                Assert.Equal(Untouched, c[(i * ldc) + j]);
            }
        }
    }

    public static float[] Numbers(int length, ulong seed)
    {
        float[] numbers = new float[length];
        new Generator(seed).Uniform(numbers, -1, 1);
        return numbers;
    }
}
