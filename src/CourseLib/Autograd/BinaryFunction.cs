using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>What the operations of two broadcast operands share: the forward pass, and bringing a gradient back to an operand's own shape.</summary>
/// <typeparam name="TSelf">The operation.</typeparam>
/// <typeparam name="TOperator">Its kernel.</typeparam>
internal abstract class BinaryFunction<TSelf, TOperator> : Function
    where TSelf : BinaryFunction<TSelf, TOperator>, new()
    where TOperator : struct, IBinaryOperator
{
    // Asked for once: the runtime keeps the name of a type until the next collection only, and makes it anew after it.
    private static readonly string OperationName = typeof(TSelf).Name;

    internal static Tensor Apply(Tensor a, Tensor b)
    {
        Tensor y = Tensor.Empty(Shape.Broadcast(OperationName, a.Shape, b.Shape));
        Broadcasting.Binary<TOperator>(a, b, y);
        Record<TSelf>(y, a, b);
        return y;
    }

    /// <summary>Adds to an operand's gradient what has the shape of the output: summed over the axes along which the operand was broadcast.</summary>
    protected void Bring(int index, ReadOnlySpan<float> gradient)
    {
        Span<float> target = Gradient(index, out bool accumulate);
        Broadcasting.SumTo(gradient, Output.Shape, target, Input(index).Shape, accumulate);
    }

    /// <summary>As <see cref="Bring"/>, for op(dy, other), where <paramref name="other"/> may be broadcast.</summary>
    protected void Bring<T>(int index, ReadOnlySpan<float> dy, Tensor other)
        where T : struct, IBinaryOperator
    {
        // Without broadcasting the product goes straight into the gradient.
        if (Input(index).Shape == Output.Shape && other.Shape == Output.Shape)
        {
            Elementwise.Binary<T>(dy, other.Span, Gradient(index, out bool accumulate), accumulate: accumulate);
            return;
        }

        Tensor full = Tensor.Empty(Output.Shape);
        Broadcasting.Binary<T>(Output.Storage.Gradient, other, full);
        Bring(index, full.Span);
    }
}
