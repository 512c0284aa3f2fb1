using CourseLib.Kernels.Normalizations;

namespace CourseLib.Kernels;

public static unsafe partial class BatchNormalization
{
    /// <summary>The forward pass in evaluation: the running statistics are frozen, so each channel is an affine map (lecture "Batchnorm": freeze them at inference).</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input [Batch, Channels, Spatial].</param>
    /// <param name="gamma">Scales, or empty.</param>
    /// <param name="beta">Shifts, or empty.</param>
    /// <param name="mean">Running mean of each channel.</param>
    /// <param name="variance">Running variance of each channel.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">Output; may be <paramref name="x"/>.</param>
    /// <param name="inverseDeviation">1 / sqrt(variance + eps) for <see cref="BackwardFrozen"/>, or empty.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape, or <paramref name="y"/> overlaps <paramref name="x"/> without being it.</exception>
    public static void Inference(
        BatchShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> variance, float epsilon, Span<float> y, Span<float> inverseDeviation = default)
    {
        const string Operation = $"{nameof(BatchNormalization)}.{nameof(Inference)}";
        shape.Check(Operation, nameof(x), x.Length);
        shape.Check(Operation, nameof(y), y.Length);
        shape.CheckAffine(Operation, nameof(gamma), gamma.Length);
        shape.CheckAffine(Operation, nameof(beta), beta.Length);
        shape.CheckChannels(Operation, nameof(mean), mean.Length);
        shape.CheckChannels(Operation, nameof(variance), variance.Length);
        shape.CheckAffine(Operation, nameof(inverseDeviation), inverseDeviation.Length);
        Requires.SameOrApart(Operation, nameof(y), y, nameof(x), x);

        using Scratch table = ScratchPool.Rent(3L * shape.Channels);
        float* scale = table.Pointer, shift = scale + shape.Channels;
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            double r = 1 / Math.Sqrt((double)variance[channel] + epsilon);
            scale[channel] = (float)r * (gamma.IsEmpty ? 1 : gamma[channel]);
            shift[channel] = beta.IsEmpty ? 0 : beta[channel];
            if (!inverseDeviation.IsEmpty)
            {
                inverseDeviation[channel] = (float)r;
            }
        }
        fixed (float* px = x, pm = mean, py = y)
        {
            Workers.For(shape.Batch, new InferenceWork(shape, px, pm, scale, shift, py));
        }
    }

    private readonly struct InferenceWork(BatchShape shape, float* x, float* mean, float* scale, float* shift, float* y) : IWork
    {
        public void Run(int example)
        {
            nint start = (nint)example * shape.Channels * shape.Spatial;
            if (shape.Spatial == 1)
            {
                ElementLoop.Run(new NormalizeColumns(x + start, mean, scale, shift), y + start, shape.Channels, accumulate: false);
                return;
            }
            for (int channel = 0; channel < shape.Channels; channel++, start += shape.Spatial)
            {
                NormalizeOperator normalize = new(mean[channel], scale[channel], shift[channel]);
                ElementLoop.Run(new UnaryElements<NormalizeOperator>(x + start, normalize), y + start, shape.Spatial, accumulate: false);
            }
        }
    }
}
