using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The weighted sum over the rows of -log softmax(x)_t, fused: dL/dx = weight (softmax(x) - onehot(t)), or softmax(x) - t for target distributions, and dL/dt = -weight log softmax(x).</summary>
/// <remarks>The kernel computes the gradient of the logits in the forward pass, where the exponentials are at hand; backward scales it by dL/dy.</remarks>
internal sealed class CrossEntropyFunction : Function
{
    private Tensor gradient;
    private float weight;

    public override string Name => "CrossEntropy";

    /// <param name="logits">[B, C].</param>
    /// <param name="target">[B] class indices, or [B, C] distributions.</param>
    /// <param name="sum">False for the mean over the rows.</param>
    internal static Tensor Apply(Tensor logits, Tensor target, bool sum)
    {
        if (logits.Rank != 2 || !(target.Shape == logits.Shape || (target.Rank == 1 && target.Length == logits.Shape[0])))
        {
            throw new ArgumentException($"CrossEntropy: expected logits (batch, classes) and class indices (batch,) or probabilities (batch, classes); got {logits.Shape} and {target.Shape}.", nameof(target));
        }

        (int rows, int columns) = (logits.Shape[0], logits.Shape[1]);
        Tensor gradient = Tensor.Empty(logits.Shape);
        Tensor weights = sum ? Tensor.Ones(rows) : Tensor.Empty(0);
        float value = target.Rank == 1
            ? SoftmaxCrossEntropy.Forward(rows, columns, logits.Span, target.Span, weights.Span, [], gradient.Span)
            : SoftmaxCrossEntropy.ForwardDistribution(rows, columns, logits.Span, target.Span, weights.Span, [], gradient.Span);
        Tensor y = Tensor.Scalar(value);
        if (Record<CrossEntropyFunction>(y, logits, target) is { } node)
        {
            (node.gradient, node.weight) = (gradient, sum ? 1 : 1f / rows);
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        if (Needs(0))
        {
            Span<float> dx = Gradient(0, out bool accumulate);
            Elementwise.Unary(gradient.Span, dx, new ScaleOperator(dy[0]), accumulate);
        }

        if (Needs(1))
        {
            BackwardTarget(dy[0]);
        }
    }

    private void BackwardTarget(float dy)
    {
        (Tensor logits, Tensor target) = (Input(0), Input(1));
        if (target.Rank == 1)
        {
            throw new InvalidOperationException($"CrossEntropy: class indices have no gradient, but the target {target.Shape} requires one; take Detach() of it.");
        }

        Tensor logarithms = Tensor.Empty(logits.Shape);
        LogSoftmax.Forward(logits.Shape[0], logits.Shape[1], logits.Span, logarithms.Span);
        Span<float> dt = Gradient(1, out bool accumulate);
        Elementwise.Unary(logarithms.Span, dt, new ScaleOperator(-weight * dy), accumulate);
    }

    protected override void Release() => gradient = default;
}
