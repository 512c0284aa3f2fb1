using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>Layer normalisation: each example by its own mean and variance over all its features, then gamma and beta for each feature.</summary>
internal sealed class LayerNormFunction : NormalizationFunction
{
    private int rows;

    public override string Name => "LayerNorm";

    internal static Tensor Apply(Tensor x, Tensor gamma, Tensor beta, float epsilon)
    {
        int columns = gamma.Length;
        if (columns == 0 || x.Length == 0 || gamma.Rank == 0 || beta.Shape != gamma.Shape || !EndsWith(x.Shape, gamma.Shape))
        {
            throw new ArgumentException($"LayerNorm: expected an input of at least one example whose last axes are {gamma.Shape}, gamma's and beta's shape; got input {x.Shape}, beta {beta.Shape}.", nameof(x));
        }

        int rows = x.Length / columns;
        Tensor y = Tensor.Empty(x.Shape);
        Tensor mean = Tensor.Empty(rows);
        Tensor inverseDeviation = Tensor.Empty(rows);
        LayerNormalization.Forward(rows, columns, x.Span, gamma.Span, beta.Span, epsilon, y.Span, mean.Span, inverseDeviation.Span);
        if (Record<LayerNormFunction>(y, x, gamma, beta) is { } node)
        {
            node.rows = rows;
            node.Save(mean, inverseDeviation);
        }

        return y;
    }

    private protected override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> gamma, in Gradients to) =>
        LayerNormalization.Backward(rows, gamma.Length, x, dy, gamma, Mean.Span, InverseDeviation.Span, to.X, to.Gamma, to.Beta, to.AddX, to.AddParameters);

    private static bool EndsWith(in Shape shape, in Shape last)
    {
        for (int axis = 1; axis <= last.Rank; axis++)
        {
            if (axis > shape.Rank || shape[-axis] != last[-axis])
            {
                return false;
            }
        }

        return true;
    }
}
