using System.Runtime.InteropServices;
using CourseLib.Kernels;
using CourseLib.Kernels.Convolutions;
using CourseLib.Tests.Architecture;

namespace CourseLib.Tests.Kernels;

/// <summary>Same numbers to the last bit with 1, 2 and 3 threads.</summary>
[Collection(nameof(ProcessState))]
public class ThreadIndependenceTests
{
    [Theory]
    [InlineData(64, 128, 784, false, true)]
    [InlineData(100, 300, 784, false, true)]
    [InlineData(5000, 10, 100, false, false)]
    [InlineData(3000, 12, 200, false, true)]
    [InlineData(128, 784, 64, true, false)]
    [InlineData(300, 10, 500, false, false)]
    [InlineData(257, 263, 300, true, true)]
    [InlineData(460, 620, 500, false, true)]
    [InlineData(400, 640, 900, false, false)]
    public void MatrixProduct(int m, int n, int k, bool transposeA, bool transposeB)
    {
        float[] a = GemmCase.Numbers(m * k, 1), b = GemmCase.Numbers(k * n, 2);
        SameForAnyCount(() =>
        {
            float[] c = new float[m * n];
            Gemm.Multiply(a, transposeA, b, transposeB, c, m, n, k);
            return c;
        });
    }

    /// <summary>One image of few tiles is one block for one thread and two for more.</summary>
    [Theory]
    [InlineData(64, 14, 64), InlineData(20, 17, 33), InlineData(32, 28, 32)]
    public void ConvolutionOfOneImage(int channels, int size, int filters)
    {
        ConvShape shape = new(1, channels, size, size, filters, 3, 3, PadTop: 1, PadBottom: 1, PadLeft: 1, PadRight: 1);
        float[] x = GemmCase.Numbers((int)shape.InputLength, 1), w = GemmCase.Numbers((int)shape.WeightsLength, 2), dy = GemmCase.Numbers((int)shape.OutputLength, 3);
        SameForAnyCount(() =>
        {
            float[] y = new float[dy.Length], dx = new float[x.Length];
            Winograd.Forward(shape, x, w, [], y, rectify: false);
            Winograd.BackwardInput(shape, dy, w, dx, accumulate: false);
            return [.. y, .. dx];
        });
    }

    [Fact]
    public void Elements()
    {
        float[] x = GemmCase.Numbers(100_003, 3);
        SameForAnyCount(() =>
        {
            float[] y = [.. x];
            Elementwise.Unary<ExpOperator>(x, y, default, accumulate: true);
            return y;
        });
    }

    [Fact]
    public void Sums()
    {
        float[] x = GemmCase.Numbers(3_000_017, 4);
        SameForAnyCount(() =>
        {
            float[] columns = new float[300];
            Reductions.SumColumns(x.AsSpan(0, 300 * 10_000), 10_000, 300, columns);
            return [.. columns, Reductions.Sum(x), Reductions.SumOfSquares(x), Reductions.Dot(x, x), Reductions.MeanVariance(x).Variance, Reductions.Max(x)];
        });
    }

    [Fact]
    public void RandomNumbers() => SameForAnyCount(() =>
    {
        float[] numbers = new float[200_001];
        Generator generator = new(9);
        generator.Uniform(numbers.AsSpan(0, 100_000));
        generator.Normal(numbers.AsSpan(100_000));
        return numbers;
    });

    private static void SameForAnyCount(Func<float[]> compute)
    {
        float[]? first = null;
        foreach (int threads in new[] { 1, 2, 3 })
        {
            WorkersTests.WithThreads(threads, () =>
            {
                float[] result = compute();
                first ??= result;
                Assert.True(MemoryMarshal.AsBytes(first.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(result.AsSpan())), $"{threads} threads give other numbers");
            });
        }
    }
}
