using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels.Sizes;

/// <summary>Every size from 1 to 67 in each dimension of what works plane by plane: pooling and batch normalisation.</summary>
public class PlaneSizesTests
{
    private const int Most = 67;

    [Fact]
    public void Pooling_of_every_size()
    {
        for (int n = 1; n <= Most; n++)
        {
            Pool(new(n, 2, 4, 5, 2, 2, 2, 2), n);
            Pool(new(1, n, 3, 3, 3, 3, 2, 2, 1, 1, 1, 1), n);
            Pool(new(2, 1, n, n, Math.Min(n, 2), Math.Min(n, 2), 2, 2), n);
            Pool(new(1, 2, n, 7, Math.Min(n, 3), 2, 1 + (n % 3), 1), n);
            Pool(new(1, 2, 5, n, 2, Math.Min(n, 3), 1, 1 + (n % 3), 1, 0, 0, 0), n);
        }
    }

    [Fact]
    public void Pooling_with_every_window_and_stride()
    {
        for (int kernel = 1; kernel <= 7; kernel++)
        {
            for (int stride = 1; stride <= 7; stride++)
            {
                Pool(new(1, 2, 9, 11, kernel, 8 - kernel, stride, 8 - stride, kernel / 2, kernel / 3, (8 - kernel) / 2, 0), (7 * kernel) + stride);
            }
        }
    }

    [Fact]
    public void Batch_normalisation_of_every_size()
    {
        for (int n = 1; n <= Most; n++)
        {
            Normalize(new(n, 3, 5), n);
            Normalize(new(3, n, 4), n);
            Normalize(new(2, 3, n), n);
            Normalize(new(n, 7, 1), n);
            Normalize(new(5, n, 1), n);
        }
    }

    private static void Pool(in PoolShape s, int seed)
    {
        string what = $"{s}";
        Guarded x = Guarded.Normal(s.InputLength, seed), dy = Guarded.Normal(s.OutputLength, seed + 1);
        Guarded largest = Guarded.Output(dy.Length, seed), mean = Guarded.Output(dy.Length, seed + 1), toLargest = Guarded.Output(x.Length, seed + 2), toAll = Guarded.Output(x.Length, seed + 3);
        Pooling.MaxForward(s, x, largest);
        Pooling.AverageForward(s, x, mean);
        Pooling.MaxBackward(s, x, dy, toLargest);
        Pooling.AverageBackward(s, dy, toAll);
        double[] winners = new double[x.Length], winnersSize = new double[x.Length], shares = new double[x.Length], sharesSize = new double[x.Length];
        int pixelsOfWindow = s.KernelHeight * s.KernelWidth;
        foreach ((int window, List<int> pixels) in PoolingTests.Windows(s))
        {
            int winner = pixels.MaxBy(i => x[i]);
            Assert.Equal(x[winner], largest[window]);
            (winners[winner], winnersSize[winner]) = (winners[winner] + dy[window], winnersSize[winner] + Math.Abs(dy[window]));
            Rounding.Within(pixels.Sum(i => (double)x[i]) / pixelsOfWindow, pixels.Sum(i => Math.Abs((double)x[i])) / pixelsOfWindow, pixelsOfWindow + 1, mean[window], () => $"mean of {what}");
            foreach (int pixel in pixels)
            {
                (shares[pixel], sharesSize[pixel]) = (shares[pixel] + ((double)dy[window] / pixelsOfWindow), sharesSize[pixel] + (Math.Abs((double)dy[window]) / pixelsOfWindow));
            }
        }

        largest.Verify(what);
        mean.Verify(what);
        Rounding.Within(winners, winnersSize, pixelsOfWindow, toLargest, $"gradient of the maximum, {what}");
        Rounding.Within(shares, sharesSize, pixelsOfWindow + 1, toAll, $"gradient of the mean, {what}");
    }

    private static void Normalize(BatchShape s, int seed)
    {
        string what = $"{s}";
        Guarded x = Guarded.Normal(s.Length, seed), dy = Guarded.Normal(s.Length, seed + 1), gamma = Guarded.Normal(s.Channels, seed + 2), beta = Guarded.Normal(s.Channels, seed + 3);
        Guarded y = Guarded.Output(x.Length, seed), mean = Guarded.Output(s.Channels, seed + 1), inverse = Guarded.Output(s.Channels, seed + 2), unbiased = Guarded.Output(s.Channels, seed + 3);
        Guarded dx = Guarded.Output(x.Length, seed + 1), dgamma = Guarded.Output(s.Channels, seed + 2), dbeta = Guarded.Output(s.Channels, seed), inference = Guarded.Output(x.Length, seed + 3);
        BatchNormalization.Forward(s, x, gamma, beta, Normalized.Epsilon, y, mean, inverse, unbiased);
        BatchNormalization.Backward(s, x, dy, gamma, mean, inverse, dx, dgamma, dbeta);
        Guarded variances = new([.. inverse.Span.ToArray().Select(r => (1 / (r * r)) - Normalized.Epsilon)], seed & 3);
        BatchNormalization.Inference(s, x, gamma, beta, mean, variances, Normalized.Epsilon, inference);
        for (int channel = 0; channel < s.Channels; channel++)
        {
            int own = channel;
            int[] places = [.. Enumerable.Range(0, (int)s.PerChannel).Select(i => (((i / s.Spatial * s.Channels) + own) * s.Spatial) + (i % s.Spatial))];
            Normalized n = new([.. places.Select(i => (double)x[i])]);
            n.VerifyStatistics(mean[channel], inverse[channel], what);
            n.VerifyForward(i => y[places[i]], _ => gamma[own], _ => beta[own], what);
            n.VerifyForward(i => inference[places[i]], _ => gamma[own], _ => beta[own], $"inference, {what}");
            n.VerifyBackward(mean[channel], inverse[channel], i => dy[places[i]] * (double)gamma[own], i => dx[places[i]], what);
            double scale = places.Sum(i => (x[i] - (double)mean[own]) * inverse[own] * dy[i]), shift = places.Sum(i => (double)dy[i]), size = places.Sum(i => Math.Abs((double)dy[i]));
            Rounding.Within(scale, size * n.HatSize, places.Length + 24, dgamma[channel], () => $"dgamma, {what}");
            Rounding.Within(shift, size, places.Length, dbeta[channel], () => $"dbeta, {what}");
        }

        foreach (Guarded result in new[] { y, mean, inverse, unbiased, dx, dgamma, dbeta, inference })
        {
            result.Verify(what);
        }
    }
}
