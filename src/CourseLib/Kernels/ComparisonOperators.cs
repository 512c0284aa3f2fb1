using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>The larger one; NaN when either is NaN.</summary>
public readonly struct MaxOperator : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Max(a, b);
}

/// <summary>The smaller one; NaN when either is NaN.</summary>
public readonly struct MinOperator : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Min(a, b);
}

/// <summary>x limited to [low, high]; NaN stays NaN.</summary>
/// <param name="low">Smallest result.</param>
/// <param name="high">Largest result; it wins when it is below <paramref name="low"/>.</param>
public readonly struct ClampOperator(float low, float high) : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes least = TLanes.Broadcast(low);
        TLanes most = TLanes.Broadcast(high);
        x = TLanes.Select(TLanes.LessThan(x, least), least, x);
        return TLanes.Select(TLanes.LessThan(most, x), most, x);
    }
}

/// <summary>dx = dy where low &lt;= x &lt;= high, else 0 (torch: the ends pass the gradient).</summary>
/// <param name="low">Lower end of the range.</param>
/// <param name="high">Upper end of the range.</param>
public readonly struct ClampGradient(float low, float high) : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes outside = TLanes.Select(TLanes.LessThan(x, TLanes.Broadcast(low)), TLanes.Broadcast(1), TLanes.Broadcast(0));
        outside = TLanes.Select(TLanes.LessThan(TLanes.Broadcast(high), x), TLanes.Broadcast(1), outside);
        return TLanes.Select(TLanes.Equal(outside, TLanes.Broadcast(1)), TLanes.Broadcast(0), dy);
    }
}

/// <summary>|x|.</summary>
public readonly struct AbsOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Abs(x);
}

/// <summary>dx = dy * sign(x); 0 at 0.</summary>
public readonly struct AbsGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        dy * default(SignOperator).Invoke(x);
}

/// <summary>-1, 0 or 1; 0 for both zeros, NaN for NaN.</summary>
public readonly struct SignOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0);
        TLanes sign = TLanes.CopySign(TLanes.Broadcast(1), x);
        TLanes nonzero = TLanes.Select(TLanes.Equal(x, zero), zero, sign);
        return TLanes.Select(TLanes.Equal(x, x), nonzero, x);
    }
}
