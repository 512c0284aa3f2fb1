using CourseLib.Kernels.Normalizations;

namespace CourseLib.Kernels;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015; lecture "Batchnorm"): for each channel mu = mean(x), sigma^2 = mean((x - mu)^2) over the batch and all
/// positions, xhat = (x - mu) / sqrt(sigma^2 + eps), y = gamma xhat + beta. Empty gamma and beta stand for ones and zeros.
/// </summary>
/// <remarks>Work is split over channels; sums are taken in blocks, the blocks' sums added in double. Nothing here computes much: memory is the limit, and what counts is how often it is passed.</remarks>
public static unsafe partial class BatchNormalization
{
    /// <summary>The forward pass in training: statistics of this batch.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input [Batch, Channels, Spatial].</param>
    /// <param name="gamma">Scales, or empty.</param>
    /// <param name="beta">Shifts, or empty.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">Output; may be <paramref name="x"/>.</param>
    /// <param name="mean">mu of each channel, for the backward pass and the running mean.</param>
    /// <param name="inverseDeviation">1 / sqrt(sigma^2 + eps) of each channel, for the backward pass.</param>
    /// <param name="unbiasedVariance">sigma^2 m / (m - 1), which the running variance averages (torch), or empty; NaN when m is 1, as in torch.</param>
    /// <param name="rectify">Whether y is max(0, gamma xhat + beta): with its rectifier (ReLU) in the same pass, memory is passed once instead of twice.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape, or <paramref name="y"/> overlaps <paramref name="x"/> without being it.</exception>
    public static void Forward(
        BatchShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y,
        Span<float> mean, Span<float> inverseDeviation, Span<float> unbiasedVariance, bool rectify = false)
    {
        const string Operation = $"{nameof(BatchNormalization)}.{nameof(Forward)}";
        shape.Check(Operation, nameof(x), x.Length);
        shape.Check(Operation, nameof(y), y.Length);
        shape.CheckAffine(Operation, nameof(gamma), gamma.Length);
        shape.CheckAffine(Operation, nameof(beta), beta.Length);
        shape.CheckChannels(Operation, nameof(mean), mean.Length);
        shape.CheckChannels(Operation, nameof(inverseDeviation), inverseDeviation.Length);
        shape.CheckAffine(Operation, nameof(unbiasedVariance), unbiasedVariance.Length);
        Requires.SameOrApart(Operation, nameof(y), y, nameof(x), x);
        fixed (float* px = x, pg = gamma, pb = beta, py = y, pm = mean, pr = inverseDeviation, pv = unbiasedVariance)
        {
            ChannelData data = new() { X = px, Gamma = pg, Beta = pb, Mean = pm, InverseDeviation = pr, UnbiasedVariance = pv, Y = py };
            if (rectify)
            {
                PlaneForward<ReluOperator> planes = new(shape, data, epsilon);
                WidestLanes.For(planes.Chunks, planes);
            }
            else if (shape.Spatial > 1)
            {
                PlaneForward<Reductions.IdentityOperator> planes = new(shape, data, epsilon);
                WidestLanes.For(planes.Chunks, planes);
            }
            else
            {
                WidestLanes.For(ColumnStrips.Count(shape), new ColumnForward(shape, data, epsilon));
            }
        }
    }
}
