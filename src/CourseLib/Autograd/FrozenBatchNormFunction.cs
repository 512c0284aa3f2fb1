using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>Batch normalisation with given statistics, as in evaluation: an affine map of each channel, so dL/dx = gamma / sqrt(variance + eps) dL/dy alone.</summary>
internal sealed class FrozenBatchNormFunction : Function
{
    private BatchShape shape;
    private Tensor mean;
    private Tensor inverseDeviation;

    public override string Name => "BatchNorm (frozen)";

    internal static Tensor Apply(Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, float epsilon)
    {
        BatchShape shape = BatchNormFunction.ShapeOf(x, gamma, beta);
        if (mean.Length != shape.Channels || variance.Length != shape.Channels)
        {
            throw new ArgumentException($"BatchNorm: expected a mean and a variance for each of {shape.Channels} channels, got {mean.Shape} and {variance.Shape}.", nameof(mean));
        }

        Tensor y = Tensor.Empty(x.Shape);
        Tensor inverseDeviation = Tensor.Empty(shape.Channels);
        BatchNormalization.Inference(shape, x.Span, gamma.Span, beta.Span, mean.Span, variance.Span, epsilon, y.Span, inverseDeviation.Span);
        if (Record<FrozenBatchNormFunction>(y, x, gamma, beta) is { } node)
        {
            // The running mean may move on before the backward pass: keep the one that was used.
            (node.shape, node.mean, node.inverseDeviation) = (shape, mean.Clone(), inverseDeviation);
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        (bool addX, bool addGamma, bool addBeta) = (false, false, false);
        Span<float> dx = Needs(0) ? Gradient(0, out addX) : [];
        Span<float> dGamma = Needs(1) ? Gradient(1, out addGamma) : [];
        Span<float> dBeta = Needs(2) ? Gradient(2, out addBeta) : [];
        if (addGamma != addBeta)
        {
            (addGamma ? dBeta : dGamma).Clear();
        }

        BatchNormalization.BackwardFrozen(shape, Input(0).Span, dy, Input(1).Span, mean.Span, inverseDeviation.Span, dx, dGamma, dBeta, addX, addGamma || addBeta);
    }

    protected override void Release() => (mean, inverseDeviation) = (default, default);
}
