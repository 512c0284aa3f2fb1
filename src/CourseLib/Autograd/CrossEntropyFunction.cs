using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The weighted sum over the rows of -log softmax(x)_t, fused: dL/dx = weight (softmax(x) - onehot(t)), or softmax(x) - t for target distributions, and dL/dt = -weight log softmax(x).</summary>
/// <remarks>The kernel computes the gradient of the logits in the forward pass, where the exponentials are at hand; backward scales it by dL/dy.</remarks>
internal sealed class CrossEntropyFunction : Function
{
    private Tensor gradient;
    private Tensor weights;

    public override string Name => "CrossEntropy";

    /// <param name="logits">[B, C].</param>
    /// <param name="target">[B] class indices, or [B, C] distributions.</param>
    /// <param name="weights">The factor of each row, [B]; rows with factor 0 are not looked at. Empty: 1/B each, the mean.</param>
    /// <param name="perRow">True for the weighted losses [B] instead of their sum; needs weights.</param>
    internal static Tensor Apply(Tensor logits, Tensor target, Tensor weights, bool perRow = false)
    {
        CheckShapes("CrossEntropy", logits, target);
        (int rows, int columns) = (logits.Shape[0], logits.Shape[1]);
        Tensor gradient = Tensor.Empty(logits.Shape);
        Tensor losses = Tensor.Empty(perRow ? rows : 0);
        float value = target.Rank == 1
            ? SoftmaxCrossEntropy.Forward(rows, columns, logits.Span, target.Span, weights.Span, losses.Span, gradient.Span)
            : SoftmaxCrossEntropy.ForwardDistribution(rows, columns, logits.Span, target.Span, weights.Span, losses.Span, gradient.Span);
        if (perRow)
        {
            Elementwise.Binary<MultiplyOperator>(losses.Span, weights.Span, losses.Span);
        }

        Tensor y = perRow ? losses : Tensor.Scalar(value);
        if (Record<CrossEntropyFunction>(y, logits, target) is { } node)
        {
            (node.gradient, node.weights) = (gradient, weights);
        }

        return y;
    }

    /// <summary>Fails with both shapes unless they are [B, C], and [B] or [B, C].</summary>
    internal static void CheckShapes(string operation, Tensor logits, Tensor target)
    {
        if (logits.Rank != 2 || !(target.Shape == logits.Shape || (target.Rank == 1 && target.Length == logits.Shape[0])))
        {
            throw new ArgumentException($"{operation}: expected logits (batch, classes) and class indices (batch,) or probabilities (batch, classes); got {logits.Shape} and {target.Shape}.", nameof(target));
        }
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        if (Needs(0))
        {
            Scale(gradient.Span, dy, Gradient(0, out bool accumulate), accumulate);
        }

        if (Needs(1))
        {
            BackwardTarget(dy);
        }
    }

    private void BackwardTarget(ReadOnlySpan<float> dy)
    {
        (Tensor logits, Tensor target) = (Input(0), Input(1));
        if (target.Rank == 1)
        {
            throw new InvalidOperationException($"CrossEntropy: class indices have no gradient, but the target {target.Shape} requires one; take Detach() of it.");
        }

        (int rows, int columns) = (logits.Shape[0], logits.Shape[1]);
        Tensor logarithms = Tensor.Empty(logits.Shape);
        LogSoftmax.Forward(rows, columns, logits.Span, logarithms.Span);
        for (int row = 0; row < rows; row++)
        {
            Span<float> line = logarithms.Span.Slice(row * columns, columns);
            Elementwise.Unary(line, line, new ScaleOperator(weights.Length == 0 ? -1f / rows : -weights.Span[row]));
        }

        Scale(logarithms.Span, dy, Gradient(1, out bool accumulate), accumulate);
    }

    /// <summary>Times dL/dy, which is one number or one for each row.</summary>
    private static void Scale(ReadOnlySpan<float> source, ReadOnlySpan<float> dy, Span<float> target, bool accumulate)
    {
        int run = source.Length / dy.Length;
        for (int i = 0; i < dy.Length; i++)
        {
            Elementwise.Unary(source.Slice(i * run, run), target.Slice(i * run, run), new ScaleOperator(dy[i]), accumulate);
        }
    }

    protected override void Release() => (gradient, weights) = (default, default);
}
