using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

// The adapters between the element loop and the operators. Each reads its inputs at a position and applies the operator there.

internal readonly unsafe struct UnaryElements<TOp>(float* x, TOp op) : IElements where TOp : struct, IUnaryOperator
{
    public static int Cost => TOp.Cost;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(nint i) where TLanes : struct, ILanes<TLanes> => op.Invoke(TLanes.Load(x + i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(nint i, int count) where TLanes : struct, ILanes<TLanes> => op.Invoke(TLanes.Load(x + i, count));
}

internal readonly unsafe struct BinaryElements<TOp>(float* a, float* b, TOp op) : IElements where TOp : struct, IBinaryOperator
{
    public static int Cost => TOp.Cost;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(nint i) where TLanes : struct, ILanes<TLanes> => op.Invoke(TLanes.Load(a + i), TLanes.Load(b + i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(nint i, int count) where TLanes : struct, ILanes<TLanes> =>
        op.Invoke(TLanes.Load(a + i, count), TLanes.Load(b + i, count));
}

internal readonly unsafe struct TernaryElements<TOp>(float* a, float* b, float* c, TOp op) : IElements where TOp : struct, ITernaryOperator
{
    public static int Cost => TOp.Cost;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(nint i) where TLanes : struct, ILanes<TLanes> =>
        op.Invoke(TLanes.Load(a + i), TLanes.Load(b + i), TLanes.Load(c + i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(nint i, int count) where TLanes : struct, ILanes<TLanes> =>
        op.Invoke(TLanes.Load(a + i, count), TLanes.Load(b + i, count), TLanes.Load(c + i, count));
}

internal readonly unsafe struct SumWithOutput<TElements>(TElements elements, float* y) : IElements where TElements : struct, IElements
{
    public static int Cost => TElements.Cost;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(nint i) where TLanes : struct, ILanes<TLanes> => TLanes.Load(y + i) + elements.At<TLanes>(i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(nint i, int count) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Load(y + i, count) + elements.At<TLanes>(i, count);
}

internal readonly struct ScalarRight<TOp>(TOp op, float b) : IUnaryOperator where TOp : struct, IBinaryOperator
{
    public static int Cost => TOp.Cost;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> => op.Invoke(x, TLanes.Broadcast(b));
}

internal readonly struct ScalarLeft<TOp>(TOp op, float a) : IUnaryOperator where TOp : struct, IBinaryOperator
{
    public static int Cost => TOp.Cost;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> => op.Invoke(TLanes.Broadcast(a), x);
}
