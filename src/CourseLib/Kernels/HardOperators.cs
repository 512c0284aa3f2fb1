using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>dx = dy where low &lt; x &lt; high, else 0: the ends do not pass the gradient (torch's hardtanh; its clamp lets them, <see cref="ClampGradient"/>).</summary>
/// <param name="low">Lower end of the range.</param>
/// <param name="high">Upper end of the range.</param>
public readonly struct HardTanhGradient(float low, float high) : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0);
        TLanes above = TLanes.Select(TLanes.LessThan(TLanes.Broadcast(low), x), dy, zero);
        return TLanes.Select(TLanes.LessThan(x, TLanes.Broadcast(high)), above, zero);
    }
}

/// <summary>(x + 3) / 6 limited to [0, 1]; NaN stays NaN.</summary>
public readonly struct HardSigmoidOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        new ClampOperator(0, 6).Invoke(x + TLanes.Broadcast(3)) / TLanes.Broadcast(6);
}

/// <summary>dx = dy / 6 where -3 &lt; x &lt; 3, else 0.</summary>
public readonly struct HardSigmoidGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        new HardTanhGradient(-3, 3).Invoke(dy / TLanes.Broadcast(6), x);
}

/// <summary>0 for x &lt; 0, 1 for x &gt;= 0; NaN stays NaN.</summary>
public readonly struct BinaryStepOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes step = TLanes.Select(TLanes.LessThan(x, TLanes.Broadcast(0)), TLanes.Broadcast(0), TLanes.Broadcast(1));
        return TLanes.Select(TLanes.Equal(x, x), step, x);
    }
}

/// <summary>dx = 0, whatever arrives: the derivative of a step wherever it has one.</summary>
public readonly struct BinaryStepGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Broadcast(0);
}
