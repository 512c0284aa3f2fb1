using System.Runtime.CompilerServices;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>y = f(a, b) element by element, a and b broadcast, with both partial derivatives as operators: dL/da is dL/dy df/da summed to the shape of a, and the same for b.</summary>
/// <typeparam name="TSelf">The operation.</typeparam>
/// <typeparam name="TOperator">f.</typeparam>
/// <typeparam name="TLeft">df/da as a function of a and b.</typeparam>
/// <typeparam name="TRight">df/db as a function of a and b.</typeparam>
internal abstract class BroadcastFunction<TSelf, TOperator, TLeft, TRight> : BinaryFunction<TSelf, TOperator>
    where TSelf : BroadcastFunction<TSelf, TOperator, TLeft, TRight>, new()
    where TOperator : struct, IBinaryOperator
    where TLeft : struct, IBinaryOperator
    where TRight : struct, IBinaryOperator
{
    protected sealed override void Backward(ReadOnlySpan<float> dy)
    {
        if (Needs(0))
        {
            BringDerivative<TLeft>(0, dy);
        }

        if (Needs(1))
        {
            BringDerivative<TRight>(1, dy);
        }
    }

    private void BringDerivative<TDerivative>(int index, ReadOnlySpan<float> dy)
        where TDerivative : struct, IBinaryOperator
    {
        Tensor a = Input(0);
        Tensor b = Input(1);
        if (a.Shape == b.Shape)
        {
            Elementwise.Ternary<ChainRule<TDerivative>>(dy, a.Span, b.Span, Gradient(index, out bool accumulate), accumulate: accumulate);
            return;
        }

        Tensor full = Tensor.Empty(Output.Shape);
        Broadcasting.Binary<TDerivative>(a, b, full);
        Elementwise.Binary<MultiplyOperator>(dy, full.Span, full.Span);
        Bring(index, full.Span);
    }

    private readonly struct ChainRule<TDerivative> : ITernaryOperator
        where TDerivative : struct, IBinaryOperator
    {
        public static int Cost => TDerivative.Cost;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes dy, TLanes a, TLanes b)
            where TLanes : struct, ILanes<TLanes> => dy * default(TDerivative).Invoke(a, b);
    }
}
