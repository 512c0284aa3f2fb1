using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

public class ReductionsTests
{
    [Fact]
    public void EveryLength()
    {
        for (int length = 1; length <= 140; length++)
        {
            Verify(length);
        }
        foreach (int length in new[] { 4096, 8191, 8193, 50_021 })
        {
            Verify(length);
        }
        Assert.Equal(0, Reductions.Sum([]));
        Assert.Equal(0, Reductions.Dot([], []));
    }

    [Fact]
    public void AMillionTenthsKeepTheirDigits()
    {
        float[] x = new float[1_000_000];
        Array.Fill(x, 0.1f);
        Assert.Equal(0.1f * 1e6, Reductions.Sum(x), 0.5); // a running float sum is off by 958
        Assert.Equal(0.1f, Reductions.Mean(x), 5e-7f);
    }

    [Fact]
    public void VarianceFarFromZero()
    {
        float[] x = GemmCase.Numbers(10_000, 1);
        float variance = Reductions.MeanVariance(x).Variance;
        Elementwise.Binary<AddOperator>(x, 1000, x);
        (float mean, float shifted) = Reductions.MeanVariance(x);
        Assert.Equal(1000, mean, 0.05f);
        Assert.Equal(variance, shifted, 1e-4f); // mean of squares minus square of mean would be off by about 0.06
        Assert.Equal(shifted * 10_000 / 9_999, Reductions.MeanVariance(x, correction: 1).Variance, 1e-6f);
    }

    [Fact]
    public void ExtremesPropagateNaN()
    {
        for (int at = 0; at < 40; at++)
        {
            float[] x = GemmCase.Numbers(40, 2);
            x[at] = float.NaN;
            Assert.True(float.IsNaN(Reductions.Max(x)));
            Assert.True(float.IsNaN(Reductions.Min(x)));
            Assert.Equal(at, Reductions.ArgMax(x));
        }
    }

    [Fact]
    public void ArgMaxIsTheFirst() => Assert.Equal(1, Reductions.ArgMax([1, 7, 3, 7]));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 10)]
    [InlineData(64, 10)]
    [InlineData(301, 67)]
    [InlineData(1000, 33)]
    [InlineData(3, 9000)]
    [InlineData(0, 5)]
    public void RowsAndColumns(int rows, int columns)
    {
        float[] x = GemmCase.Numbers(rows * columns, 3), rowSums = new float[rows], columnSums = new float[columns], max = new float[rows];
        int[] argMax = new int[rows];
        Array.Fill(rowSums, 5f);
        Array.Fill(columnSums, 5f);
        foreach (bool accumulate in new[] { false, true })
        {
            Reductions.SumRows(x, rows, columns, rowSums, accumulate);
            Reductions.SumColumns(x, rows, columns, columnSums, accumulate);
            int times = accumulate ? 2 : 1;
            Assert.All(rowSums, (sum, i) => Assert.Equal(times * Enumerable.Range(0, columns).Sum(j => (double)x[(i * columns) + j]), sum, 2e-5 * times * Math.Sqrt(columns)));
            Assert.All(columnSums, (sum, j) => Assert.Equal(times * Enumerable.Range(0, rows).Sum(i => (double)x[(i * columns) + j]), sum, 2e-5 * times * Math.Sqrt(rows)));
        }
        Reductions.MaxRows(x, rows, columns, max);
        Reductions.ArgMaxRows(x, rows, columns, argMax);
        for (int i = 0; i < rows; i++)
        {
            Assert.Equal(x.AsSpan(i * columns, columns).ToArray().Max(), max[i]);
            Assert.Equal(max[i], x[(i * columns) + argMax[i]]);
        }
    }

    [Fact]
    public void Errors()
    {
        float[] six = new float[6], two = new float[2];
        Assert.Contains("x is empty", Assert.Throws<ArgumentException>(() => Reductions.Max([])).Message, StringComparison.Ordinal);
        Assert.Contains("a has 6 elements, b has 2", Assert.Throws<ArgumentException>(() => Reductions.Dot(six, two)).Message, StringComparison.Ordinal);
        Assert.Contains("2 x 4 needs 8", Assert.Throws<ArgumentException>(() => Reductions.SumRows(six, 2, 4, two)).Message, StringComparison.Ordinal);
        Assert.Contains("result has 2 elements, 3 are needed", Assert.Throws<ArgumentException>(() => Reductions.SumColumns(six, 2, 3, two)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Reductions.MeanVariance([1], correction: 1));
    }

    private static void Verify(int length)
    {
        float[] a = GemmCase.Numbers(length, 4), b = GemmCase.Numbers(length, 5);
        double tolerance = 1e-6 * (1 + Math.Sqrt(length));
        Assert.Equal(a.Sum(x => (double)x), Reductions.Sum(a), tolerance);
        Assert.Equal(a.Sum(x => (double)x * x), Reductions.SumOfSquares(a), 1e-6 * length);
        Assert.Equal(a.Zip(b, (x, y) => (double)x * y).Sum(), Reductions.Dot(a, b), tolerance);
        double mean = a.Average(x => (double)x);
        (float m, float variance) = Reductions.MeanVariance(a);
        Assert.Equal(mean, m, 1e-6);
        Assert.Equal(a.Average(x => (x - mean) * (x - mean)), variance, 1e-6);
        Assert.Equal(a.Max(), Reductions.Max(a));
        Assert.Equal(a.Min(), Reductions.Min(a));
        Assert.Equal(Array.IndexOf(a, a.Max()), Reductions.ArgMax(a));
        Assert.Equal(Array.IndexOf(a, a.Min()), Reductions.ArgMin(a));
    }
}
