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
        Guarded inference = Guarded.Output(x.Length, seed + 3), rectified = Guarded.Output(x.Length, seed + 1);
        BatchNormalization.Forward(s, x, gamma, beta, Normalized.Epsilon, y, mean, inverse, unbiased);
        Guarded variances = new([.. inverse.Span.ToArray().Select(r => (1 / (r * r)) - Normalized.Epsilon)], seed & 3);
        BatchNormalization.Inference(s, x, gamma, beta, mean, variances, Normalized.Epsilon, inference);
        for (int channel = 0; channel < s.Channels; channel++)
        {
            int own = channel;
            int[] places = Places(s, channel);
            Normalized n = new([.. places.Select(i => (double)x[i])]);
            n.VerifyStatistics(mean[channel], inverse[channel], what);
            n.VerifyForward(i => y[places[i]], _ => gamma[own], _ => beta[own], what);
            n.VerifyForward(i => inference[places[i]], _ => gamma[own], _ => beta[own], $"inference, {what}");
        }

        foreach (Guarded result in new[] { y, mean, inverse, unbiased, inference })
        {
            result.Verify(what);
        }

        NormalizeBackward(s, x, dy, gamma, beta, mean, inverse, null);
        BatchNormalization.Forward(s, x, gamma, beta, Normalized.Epsilon, rectified, mean, inverse, unbiased, rectify: true);
        for (int channel = 0; channel < s.Channels; channel++)
        {
            int own = channel;
            int[] places = Places(s, channel);
            new Normalized([.. places.Select(i => (double)x[i])]).VerifyForward(i => rectified[places[i]], _ => gamma[own], _ => beta[own], $"rectified, {what}", rectified: true);
        }

        rectified.Verify(what);
        NormalizeBackward(s, x, dy, gamma, beta, mean, inverse, rectified);
    }

    /// <summary>The backward pass; with its rectifier, what reaches the normalisation is dy where the output is positive.</summary>
    private static void NormalizeBackward(BatchShape s, Guarded x, Guarded dy, Guarded gamma, Guarded beta, Guarded mean, Guarded inverse, Guarded? rectified)
    {
        string what = $"{s}{(rectified is null ? "" : ", rectified")}";
        Guarded dx = Guarded.Output(x.Length, s.Batch), dgamma = Guarded.Output(s.Channels, s.Channels), dbeta = Guarded.Output(s.Channels, s.Spatial);
        if (rectified is null)
        {
            BatchNormalization.Backward(s, x, dy, gamma, mean, inverse, dx, dgamma, dbeta);
        }
        else
        {
            BatchNormalization.BackwardRectified(s, x, dy, gamma, beta, mean, inverse, dx, dgamma, dbeta);
        }

        for (int channel = 0; channel < s.Channels; channel++)
        {
            int own = channel;
            int[] places = Places(s, channel);
            double[] slopes = [.. places.Select(i => rectified is null || rectified[i] > 0 ? (double)dy[i] : 0)], values = [.. places.Select(i => (double)x[i])];
            Normalized n = new(values);
            n.VerifyBackward(mean[own], inverse[own], i => slopes[i] * gamma[own], i => dx[places[i]], what);
            double size = slopes.Sum(Math.Abs), scale = values.Zip(slopes, (value, slope) => (value - mean[own]) * inverse[own] * slope).Sum();
            Rounding.Within(scale, size * n.HatSize, places.Length + 24, dgamma[own], () => $"dgamma, {what}");
            Rounding.Within(slopes.Sum(), size, places.Length, dbeta[own], () => $"dbeta, {what}");
        }

        foreach (Guarded result in new[] { dx, dgamma, dbeta })
        {
            result.Verify(what);
        }
    }

    private static int[] Places(BatchShape s, int channel) => [.. Enumerable.Range(0, (int)s.PerChannel).Select(i => (((i / s.Spatial * s.Channels) + channel) * s.Spatial) + (i % s.Spatial))];
}
