using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>x for x &gt; 0, else alpha (e^x - 1), accurate near 0 too; NaN stays NaN.</summary>
/// <param name="alpha">Minus the limit at -inf.</param>
public readonly struct EluOperator(float alpha) : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.LessThan(TLanes.Broadcast(0), x), x, TLanes.Broadcast(alpha) * default(ExpMinusOneOperator).Invoke(x));
}

/// <summary>dx = dy where x &gt; 0, else dy alpha e^x (at 0 too: alpha, as torch has it).</summary>
/// <param name="alpha">Minus the limit at -inf.</param>
public readonly struct EluGradient(float alpha) : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.LessThan(TLanes.Broadcast(0), x), dy, dy * (TLanes.Broadcast(alpha) * default(ExpOperator).Invoke(x)));
}
