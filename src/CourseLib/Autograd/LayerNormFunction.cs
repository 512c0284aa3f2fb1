using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>Layer normalisation: each example by its own mean and variance over all its features, then gamma and beta for each feature.</summary>
internal sealed class LayerNormFunction : Function
{
    private int rows;
    private Tensor mean;
    private Tensor inverseDeviation;

    public override string Name => "LayerNorm";

    internal static Tensor Apply(Tensor x, Tensor gamma, Tensor beta, float epsilon)
    {
        int columns = gamma.Length;
        if (x.Rank < 1 || columns == 0 || x.Length % columns != 0 || beta.Length != columns || x.Shape.Product(Math.Max(0, x.Rank - gamma.Rank), x.Rank) != columns)
        {
            throw new ArgumentException($"LayerNorm: expected an input whose last axes are {gamma.Shape}, gamma's and beta's shape; got input {x.Shape}, beta {beta.Shape}.", nameof(x));
        }

        int rows = x.Length / columns;
        Tensor y = Tensor.Empty(x.Shape);
        Tensor mean = Tensor.Empty(rows);
        Tensor inverseDeviation = Tensor.Empty(rows);
        LayerNormalization.Forward(rows, columns, x.Span, gamma.Span, beta.Span, epsilon, y.Span, mean.Span, inverseDeviation.Span);
        if (Record<LayerNormFunction>(y, x, gamma, beta) is { } node)
        {
            (node.rows, node.mean, node.inverseDeviation) = (rows, mean, inverseDeviation);
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

        LayerNormalization.Backward(rows, Input(1).Length, Input(0).Span, dy, Input(1).Span, mean.Span, inverseDeviation.Span, dx, dGamma, dBeta, addX, addGamma || addBeta);
    }

    protected override void Release() => (mean, inverseDeviation) = (default, default);
}
