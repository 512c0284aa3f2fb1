using CourseLib.Kernels;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Kernels;

[Term("BatchNorm")]
public class BatchNormalizationTests
{
    private const float Epsilon = 1e-5f;

    public static TheoryData<int, int, int> Sizes() => new()
    {
        { 2, 1, 1 }, { 5, 3, 1 }, { 64, 16, 1 }, { 200, 33, 1 }, { 7, 17, 1 }, { 2, 1, 2 }, { 1, 3, 5 }, { 4, 5, 49 }, { 3, 2, 17 }, { 8, 3, 784 }, { 2, 2, 9000 },
        { 3, 40, 33 }, { 64, 20, 196 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Forward_normalises_with_the_biased_variance(int batch, int channels, int spatial)
    {
        BatchShape s = new(batch, channels, spatial);
        float[] x = KernelData.Normal(s.Length, 1, 3, 2), gamma = KernelData.Normal(channels, 2), beta = KernelData.Normal(channels, 3), y = new float[x.Length];
        float[] mean = new float[channels], inverse = new float[channels], unbiased = new float[channels];
        BatchNormalization.Forward(s, x, gamma, beta, Epsilon, y, mean, inverse, unbiased);
        double[] wx = KernelData.ToDouble(x);
        KernelData.Close(Reference(s, wx, KernelData.ToDouble(gamma), KernelData.ToDouble(beta)), y, 1e-5, "y");
        for (int c = 0; c < channels; c++)
        {
            double[] values = Channel(s, wx, c);
            double mu = values.Average(), squares = values.Sum(v => (v - mu) * (v - mu));
            Assert.Equal(mu, mean[c], 1e-6 * (1 + Math.Abs(mu)));
            Assert.Equal(1, inverse[c] * Math.Sqrt((squares / s.PerChannel) + Epsilon), 1e-5);
            Assert.Equal(1, unbiased[c] / (squares / (s.PerChannel - 1)), 1e-5);
        }
        BatchNormalization.Forward(s, x, [], [], Epsilon, y, mean, inverse, []);
        double[] ones = Enumerable.Repeat(1.0, channels).ToArray();
        KernelData.Close(Reference(s, wx, ones, new double[channels]), y, 1e-5, "y without gamma and beta");
    }

    [Fact]
    public void A_large_mean_costs_no_digits()
    {
        foreach (int spatial in new[] { 1, 16 })
        {
            BatchShape s = new(1024 / spatial, 1, spatial);
            float[] x = Array.ConvertAll(KernelData.Normal(s.Length, 4, 0, 1), v => 4096 + (MathF.Round(v * 64) / 64)), y = new float[x.Length];
            BatchNormalization.Forward(s, x, [], [], Epsilon, y, new float[1], new float[1], []);
            KernelData.Close(Reference(s, KernelData.ToDouble(x), [1], [0]), y, 5e-4, "y"); // mu itself is rounded to 1 part in 8 million of 4096
        }
    }

    [Theory]
    [InlineData(5, 3, 1), InlineData(6, 18, 1), InlineData(2, 3, 5), InlineData(3, 2, 19)]
    public void Backward_is_the_central_differences_of_the_forward_pass(int batch, int channels, int spatial)
    {
        BatchShape s = new(batch, channels, spatial);
        float[] x = KernelData.Normal(s.Length, 1, 1, 2), gamma = KernelData.Normal(channels, 2), beta = KernelData.Normal(channels, 3), dy = KernelData.Normal(s.Length, 4);
        float[] y = new float[x.Length], mean = new float[channels], inverse = new float[channels];
        float[] dx = new float[x.Length], dgamma = new float[channels], dbeta = new float[channels];
        BatchNormalization.Forward(s, x, gamma, beta, Epsilon, y, mean, inverse, []);
        BatchNormalization.Backward(s, x, dy, gamma, mean, inverse, dx, dgamma, dbeta);
        double[] wx = KernelData.ToDouble(x), wg = KernelData.ToDouble(gamma), wb = KernelData.ToDouble(beta);
        double[] ex = CentralDifferences.Of(wx, Loss), eg = CentralDifferences.Of(wg, Loss), eb = CentralDifferences.Of(wb, Loss);
        KernelData.Close(ex, dx, 1e-5, "dx");
        KernelData.Close(eg, dgamma, 1e-5, "dgamma");
        KernelData.Close(eb, dbeta, 1e-5, "dbeta");

        BatchNormalization.Backward(s, x, dy, gamma, mean, inverse, dx, dgamma, dbeta, accumulateInput: true, accumulateParameters: true);
        KernelData.Close(Array.ConvertAll(ex, v => 2 * v), dx, 1e-5, "dx twice");
        KernelData.Close(Array.ConvertAll(eg, v => 2 * v), dgamma, 1e-5, "dgamma twice");
        KernelData.Close(Array.ConvertAll(eb, v => 2 * v), dbeta, 1e-5, "dbeta twice");
        BatchNormalization.Backward(s, x, dy, gamma, mean, inverse, [], dgamma, []);
        KernelData.Close(eg, dgamma, 1e-5, "dgamma alone");

        double Loss() => CentralDifferences.Dot(Reference(s, wx, wg, wb), dy);
    }

    /// <summary>The statistics are taken around the mean of the first block: here it is as far from the channel's as it can be.</summary>
    [Theory]
    [InlineData(64, 16), InlineData(1, 9000)]
    public void One_block_far_from_the_others_costs_no_digits(int batch, int spatial)
    {
        BatchShape s = new(batch, 1, spatial);
        float[] x = KernelData.Normal(s.Length, 4, 0, 1e-3f), y = new float[x.Length], variance = new float[1];
        for (int i = 0; i < Math.Min(spatial, 1024); i++)
        {
            x[i] += 1000;
        }

        BatchNormalization.Forward(s, x, [], [], Epsilon, y, new float[1], new float[1], variance);
        double[] wide = KernelData.ToDouble(x);
        double mu = wide.Average();
        Assert.Equal(1, variance[0] / (wide.Sum(v => (v - mu) * (v - mu)) / (wide.Length - 1)), 1e-5);
        KernelData.Close(Reference(s, wide, [1], [0]), y, 1e-5, "y");
    }

    [Theory]
    [InlineData(4, 3, 1), InlineData(5, 3, 49), InlineData(3, 20, 33), InlineData(2, 2, 3000)]
    public void With_its_rectifier_it_gives_the_bits_of_the_two_one_after_the_other(int batch, int channels, int spatial)
    {
        BatchShape s = new(batch, channels, spatial);
        float[] x = KernelData.Normal(s.Length, 1, 1, 2), gamma = KernelData.Normal(channels, 2), beta = KernelData.Normal(channels, 3), dy = KernelData.Normal(s.Length, 4);
        float[] y = new float[x.Length], together = new float[x.Length], mean = new float[channels], inverse = new float[channels];
        float[][] apart = [new float[x.Length], new float[channels], new float[channels]], joint = [new float[x.Length], new float[channels], new float[channels]];
        BatchNormalization.Forward(s, x, gamma, beta, Epsilon, together, mean, inverse, [], rectify: true);
        BatchNormalization.Forward(s, x, gamma, beta, Epsilon, y, mean, inverse, []);
        Elementwise.Unary<ReluOperator>(y, y);
        float[] masked = new float[x.Length];
        Elementwise.Binary<ReluGradient>(dy, y, masked);
        BatchNormalization.Backward(s, x, masked, gamma, mean, inverse, apart[0], apart[1], apart[2]);
        BatchNormalization.BackwardRectified(s, x, dy, gamma, beta, mean, inverse, joint[0], joint[1], joint[2]);
        Assert.Contains(0, y);
        if (spatial > 1)
        {
            Assert.Equal(y, together);
            Assert.Equal(apart, joint);
            return;
        }

        // A matrix on its own goes down its columns, in another order.
        KernelData.Close(KernelData.ToDouble(y), together, 1e-5, "y");
        for (int i = 0; i < apart.Length; i++)
        {
            KernelData.Close(KernelData.ToDouble(apart[i]), joint[i], 1e-5, "gradient");
        }
    }

    [Theory]
    [InlineData(5, 19, 1), InlineData(3, 4, 21)]
    public void With_frozen_statistics_the_layer_is_affine(int batch, int channels, int spatial)
    {
        BatchShape s = new(batch, channels, spatial);
        float[] x = KernelData.Normal(s.Length, 1), gamma = KernelData.Normal(channels, 2), beta = KernelData.Normal(channels, 3), dy = KernelData.Normal(s.Length, 4);
        float[] mean = KernelData.Normal(channels, 5), variance = Array.ConvertAll(KernelData.Normal(channels, 6), v => v * v), inverse = new float[channels];
        float[] y = new float[x.Length], dx = new float[x.Length], dgamma = new float[channels], dbeta = new float[channels];
        BatchNormalization.Inference(s, x, gamma, beta, mean, variance, Epsilon, y, inverse);
        BatchNormalization.BackwardFrozen(s, x, dy, gamma, mean, inverse, dx, dgamma, dbeta);
        double[] ey = new double[x.Length], ex = new double[x.Length], eg = new double[channels], eb = new double[channels];
        for (int i = 0; i < x.Length; i++)
        {
            int c = i / spatial % channels;
            double r = 1 / Math.Sqrt((double)variance[c] + Epsilon), hat = (x[i] - (double)mean[c]) * r;
            ey[i] = (hat * gamma[c]) + beta[c];
            ex[i] = r * gamma[c] * dy[i];
            eg[c] += hat * dy[i];
            eb[c] += dy[i];
        }
        KernelData.Close(ey, y, 1e-5, "y");
        KernelData.Close(ex, dx, 1e-5, "dx");
        KernelData.Close(eg, dgamma, 1e-5, "dgamma");
        KernelData.Close(eb, dbeta, 1e-5, "dbeta");
    }

    [Theory]
    [InlineData(100, 70, 1), InlineData(8, 9, 400), InlineData(3, 2, 20000), InlineData(4, 70, 50)]
    public void Bits_do_not_depend_on_the_threads(int batch, int channels, int spatial)
    {
        BatchShape s = new(batch, channels, spatial);
        float[] x = KernelData.Normal(s.Length, 1), dy = KernelData.Normal(s.Length, 2);
        KernelData.SameForAnyThreads(() =>
        {
            float[] y = new float[x.Length], mean = new float[channels], inverse = new float[channels];
            float[] dx = new float[x.Length], dgamma = new float[channels], dbeta = new float[channels];
            BatchNormalization.Forward(s, x, [], [], Epsilon, y, mean, inverse, []);
            BatchNormalization.Backward(s, x, dy, [], mean, inverse, dx, dgamma, dbeta);
            return [.. y, .. mean, .. inverse, .. dx, .. dgamma, .. dbeta];
        });
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        BatchShape s = new(2, 3, 4);
        ArgumentException e = Assert.Throws<ArgumentException>(() =>
            BatchNormalization.Forward(s, new float[24], new float[2], [], Epsilon, new float[24], new float[3], new float[3], []));
        Assert.StartsWith("BatchNormalization.Forward: gamma has 2 elements, expected 3", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => BatchNormalization.Inference(s, new float[23], [], [], new float[3], new float[3], Epsilon, new float[24]));
        Assert.StartsWith("BatchNormalization.Inference: x has 23 elements, expected 24", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => BatchNormalization.Backward(s, new float[24], new float[24], [], new float[3], new float[1], [], [], []));
        Assert.StartsWith("BatchNormalization.Backward: inverseDeviation has 1 elements, expected 3", e.Message, StringComparison.Ordinal);
    }

    private static double[] Channel(BatchShape s, double[] x, int channel) =>
        x.Where((_, i) => i / s.Spatial % s.Channels == channel).ToArray();

    private static double[] Reference(BatchShape s, double[] x, double[] gamma, double[] beta)
    {
        double[] y = new double[x.Length];
        for (int c = 0; c < s.Channels; c++)
        {
            double[] values = Channel(s, x, c);
            double mu = values.Average(), r = 1 / Math.Sqrt(values.Average(v => (v - mu) * (v - mu)) + Epsilon);
            for (int i = 0; i < x.Length; i++)
            {
                if (i / s.Spatial % s.Channels == c)
                {
                    y[i] = ((x[i] - mu) * r * gamma[c]) + beta[c];
                }
            }
        }
        return y;
    }
}
