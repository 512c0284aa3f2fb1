using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>
/// Batch normalisation with the statistics of the batch: y = gamma (x - mu) / sqrt(sigma^2 + eps) + beta for each channel.
/// dL/dx = gamma / sqrt(sigma^2 + eps) (dy - mean(dy) - xhat mean(dy xhat)), derived in notebook 12.
/// </summary>
internal sealed class BatchNormFunction : NormalizationFunction
{
    private BatchShape shape;
    private bool rectify;

    public override string Name => rectify ? "BatchNorm+ReLU" : "BatchNorm";

    /// <param name="x">[B, C] or [B, C, …].</param>
    /// <param name="gamma">[C].</param>
    /// <param name="beta">[C].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="statistics">Receives mu and the unbiased sigma^2 of each channel, for running averages.</param>
    /// <param name="rectify">Whether the result is max(0, y): one operation instead of two, which passes memory once instead of twice in each direction.</param>
    internal static Tensor Apply(Tensor x, Tensor gamma, Tensor beta, float epsilon, out (Tensor Mean, Tensor UnbiasedVariance) statistics, bool rectify = false)
    {
        BatchShape shape = ShapeOf(x, gamma, beta);
        Tensor y = Tensor.Empty(x.Shape);
        Tensor mean = Tensor.Empty(shape.Channels);
        Tensor inverseDeviation = Tensor.Empty(shape.Channels);
        Tensor variance = Tensor.Empty(shape.Channels);
        BatchNormalization.Forward(shape, x.Span, gamma.Span, beta.Span, epsilon, y.Span, mean.Span, inverseDeviation.Span, variance.Span, rectify);
        statistics = (mean, variance);
        if (Record<BatchNormFunction>(y, x, gamma, beta) is { } node)
        {
            (node.shape, node.rectify) = (shape, rectify);
            node.Save(mean, inverseDeviation);
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

    private protected override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> gamma, in Gradients to)
    {
        if (rectify)
        {
            BatchNormalization.BackwardRectified(
                shape, x, dy, gamma, Input(2).Span, Mean.Span, InverseDeviation.Span, to.X, to.Gamma, to.Beta, to.AddX, to.AddParameters);
        }
        else
        {
            BatchNormalization.Backward(shape, x, dy, gamma, Mean.Span, InverseDeviation.Span, to.X, to.Gamma, to.Beta, to.AddX, to.AddParameters);
        }
    }
}
