using CourseLib.Kernels;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Kernels;

[Term("LayerNorm")]
public class LayerNormalizationTests
{
    private const float Epsilon = 1e-5f;

    [Theory]
    [InlineData(1, 1), InlineData(1, 10), InlineData(7, 3), InlineData(33, 17), InlineData(300, 64), InlineData(3, 5000)]
    public void Forward_normalises_each_row(int rows, int columns)
    {
        float[] x = KernelData.Normal(rows * columns, 1, 2, 3), gamma = KernelData.Normal(columns, 2), beta = KernelData.Normal(columns, 3);
        float[] y = new float[x.Length], mean = new float[rows], inverse = new float[rows];
        LayerNormalization.Forward(rows, columns, x, gamma, beta, Epsilon, y, mean, inverse);
        double[] wx = KernelData.ToDouble(x);
        KernelData.Close(Reference(columns, wx, KernelData.ToDouble(gamma), KernelData.ToDouble(beta)), y, 1e-5, "y");
        Assert.Equal(wx.Take(columns).Average(), mean[0], 1e-5);
        LayerNormalization.Forward(rows, columns, x, [], [], Epsilon, y, mean, inverse);
        KernelData.Close(Reference(columns, wx, Enumerable.Repeat(1.0, columns).ToArray(), new double[columns]), y, 1e-5, "y without gamma and beta");
    }

    [Theory]
    [InlineData(1, 5), InlineData(4, 19), InlineData(9, 3)]
    public void Backward_is_the_central_differences_of_the_forward_pass(int rows, int columns)
    {
        float[] x = KernelData.Normal(rows * columns, 1, 1, 2), gamma = KernelData.Normal(columns, 2), beta = KernelData.Normal(columns, 3), dy = KernelData.Normal(x.Length, 4);
        float[] y = new float[x.Length], mean = new float[rows], inverse = new float[rows];
        float[] dx = new float[x.Length], dgamma = new float[columns], dbeta = new float[columns];
        LayerNormalization.Forward(rows, columns, x, gamma, beta, Epsilon, y, mean, inverse);
        LayerNormalization.Backward(rows, columns, x, dy, gamma, mean, inverse, dx, dgamma, dbeta);
        double[] wx = KernelData.ToDouble(x), wg = KernelData.ToDouble(gamma), wb = KernelData.ToDouble(beta);
        double[] ex = CentralDifferences.Of(wx, Loss), eg = CentralDifferences.Of(wg, Loss), eb = CentralDifferences.Of(wb, Loss);
        KernelData.Close(ex, dx, 1e-5, "dx");
        KernelData.Close(eg, dgamma, 1e-5, "dgamma");
        KernelData.Close(eb, dbeta, 1e-5, "dbeta");
        LayerNormalization.Backward(rows, columns, x, dy, gamma, mean, inverse, dx, dgamma, dbeta, accumulateInput: true, accumulateParameters: true);
        KernelData.Close(Array.ConvertAll(ex, v => 2 * v), dx, 1e-5, "dx twice");
        KernelData.Close(Array.ConvertAll(eg, v => 2 * v), dgamma, 1e-5, "dgamma twice");
        KernelData.Close(Array.ConvertAll(eb, v => 2 * v), dbeta, 1e-5, "dbeta twice");

        Array.Fill(wg, 1);
        LayerNormalization.Backward(rows, columns, x, dy, [], mean, inverse, dx, [], []);
        KernelData.Close(CentralDifferences.Of(wx, Loss), dx, 1e-5, "dx without gamma");

        double Loss() => CentralDifferences.Dot(Reference(columns, wx, wg, wb), dy);
    }

    [Fact]
    public void Bits_do_not_depend_on_the_threads()
    {
        float[] x = KernelData.Normal(500 * 100, 1), dy = KernelData.Normal(500 * 100, 2);
        KernelData.SameForAnyThreads(() =>
        {
            float[] y = new float[x.Length], mean = new float[500], inverse = new float[500], dx = new float[x.Length], dgamma = new float[100], dbeta = new float[100];
            LayerNormalization.Forward(500, 100, x, [], [], Epsilon, y, mean, inverse);
            LayerNormalization.Backward(500, 100, x, dy, [], mean, inverse, dx, dgamma, dbeta);
            return [.. y, .. dx, .. dgamma, .. dbeta];
        });
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => LayerNormalization.Forward(2, 3, new float[6], [], new float[2], Epsilon, new float[6], new float[2], new float[2]));
        Assert.StartsWith("LayerNormalization.Forward: beta has 2 elements, expected 3", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => LayerNormalization.Backward(2, 3, new float[6], new float[5], [], new float[2], new float[2], [], [], []));
        Assert.StartsWith("LayerNormalization.Backward: dy has 5 elements, expected 6", e.Message, StringComparison.Ordinal);
    }

    private static double[] Reference(int columns, double[] x, double[] gamma, double[] beta)
    {
        double[] y = new double[x.Length];
        for (int start = 0; start < x.Length; start += columns)
        {
            double[] row = x.AsSpan(start, columns).ToArray();
            double mu = row.Average(), r = 1 / Math.Sqrt(row.Average(v => (v - mu) * (v - mu)) + Epsilon);
            for (int j = 0; j < columns; j++)
            {
                y[start + j] = ((row[j] - mu) * r * gamma[j]) + beta[j];
            }
        }
        return y;
    }
}
