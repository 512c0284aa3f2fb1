using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>
/// Batch normalisation with the statistics of the batch: y = gamma (x - mu) / sqrt(sigma^2 + eps) + beta for each channel.
/// dL/dx = gamma / sqrt(sigma^2 + eps) (dy - mean(dy) - xhat mean(dy xhat)), derived in notebook 12.
/// </summary>
internal sealed class BatchNormFunction : Function
{
    private BatchShape shape;
    private Tensor mean;
    private Tensor inverseDeviation;

    public override string Name => "BatchNorm";

    /// <param name="x">[B, C] or [B, C, …].</param>
    /// <param name="gamma">[C].</param>
    /// <param name="beta">[C].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="statistics">Receives mu and the unbiased sigma^2 of each channel, for running averages.</param>
    internal static Tensor Apply(Tensor x, Tensor gamma, Tensor beta, float epsilon, out (Tensor Mean, Tensor UnbiasedVariance) statistics)
    {
        BatchShape shape = ShapeOf(x, gamma, beta);
        Tensor y = Tensor.Empty(x.Shape);
        Tensor mean = Tensor.Empty(shape.Channels);
        Tensor inverseDeviation = Tensor.Empty(shape.Channels);
        Tensor variance = Tensor.Empty(shape.Channels);
        BatchNormalization.Forward(shape, x.Span, gamma.Span, beta.Span, epsilon, y.Span, mean.Span, inverseDeviation.Span, variance.Span);
        statistics = (mean, variance);
        if (Record<BatchNormFunction>(y, x, gamma, beta) is { } node)
        {
            (node.shape, node.mean, node.inverseDeviation) = (shape, mean, inverseDeviation);
        }

        return y;
    }

    /// <summary>The sizes, after a check that there is one gamma and one beta for each channel.</summary>
    internal static BatchShape ShapeOf(Tensor x, Tensor gamma, Tensor beta)
    {
        Shape from = x.Shape;
        if (from.Rank < 2 || gamma.Length != from[1] || beta.Length != from[1])
        {
            throw new ArgumentException($"BatchNorm: expected an input (batch, channels, …) with one gamma and beta for each channel; got input {from}, gamma {gamma.Shape}, beta {beta.Shape}.", nameof(x));
        }

        return new BatchShape(from[0], from[1], from.Product(2, from.Rank));
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        (bool addX, bool addGamma, bool addBeta) = (false, false, false);
        Span<float> dx = Needs(0) ? Gradient(0, out addX) : [];
        Span<float> dGamma = Needs(1) ? Gradient(1, out addGamma) : [];
        Span<float> dBeta = Needs(2) ? Gradient(2, out addBeta) : [];
        if (addGamma != addBeta)
        {
            // One of the two has a gradient already: give the other zeros to add to.
            (addGamma ? dBeta : dGamma).Clear();
        }

        BatchNormalization.Backward(shape, Input(0).Span, dy, Input(1).Span, mean.Span, inverseDeviation.Span, dx, dGamma, dBeta, addX, addGamma || addBeta);
    }

    protected override void Release() => (mean, inverseDeviation) = (default, default);
}
