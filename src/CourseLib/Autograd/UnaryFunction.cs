using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>What the operations of one operand share: y = f(x) and dL/dx = g(dL/dy, saved), where <i>saved</i> is x or y, whichever the derivative is simpler in.</summary>
/// <typeparam name="TSelf">The operation.</typeparam>
/// <typeparam name="TForward">f.</typeparam>
/// <typeparam name="TGradient">g.</typeparam>
internal abstract class UnaryFunction<TSelf, TForward, TGradient> : Function
    where TSelf : UnaryFunction<TSelf, TForward, TGradient>, new()
    where TForward : struct, IUnaryOperator
    where TGradient : struct, IBinaryOperator
{
    private TGradient gradient;

    /// <summary>True when g takes the output, false when it takes the input.</summary>
    protected abstract bool SavesOutput { get; }

    /// <param name="x">The operand.</param>
    /// <param name="forward">f with its constants.</param>
    /// <param name="gradient">g with its constants.</param>
    internal static Tensor Apply(Tensor x, TForward forward = default, TGradient gradient = default)
    {
        Tensor y = Tensor.Empty(x.Shape);
        Elementwise.Unary(x.Span, y.Span, forward);
        if (Record<TSelf>(y, x) is { } node)
        {
            node.gradient = gradient;
        }

        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        Tensor saved = SavesOutput ? Output : Input(0);
        Elementwise.Binary(dy, saved.Span, Gradient(0, out bool accumulate), gradient, accumulate);
    }
}
