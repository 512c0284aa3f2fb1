using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>Batch normalisation with given statistics, as in evaluation: an affine map of each channel, so dL/dx = gamma / sqrt(variance + eps) dL/dy alone.</summary>
internal sealed class FrozenBatchNormFunction : NormalizationFunction
{
    private BatchShape shape;

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
            node.shape = shape;
            node.Save(mean.Clone(), inverseDeviation);
        }

        return y;
    }

    private protected override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> gamma, in Gradients to) =>
        BatchNormalization.BackwardFrozen(shape, x, dy, gamma, Mean.Span, InverseDeviation.Span, to.X, to.Gamma, to.Beta, to.AddX, to.AddParameters);
}
