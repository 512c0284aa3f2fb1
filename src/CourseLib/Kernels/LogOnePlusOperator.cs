using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>ln(1 + x) within 3 ulp, also near 0, where 1 + x has lost most digits of x. -inf at -1, NaN below, inf at inf.</summary>
public readonly struct LogOnePlusOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // With u = 1 + x rounded, ln(u) / (u - 1) changes so slowly that it is right for x too: ln(1 + x) = x ln(u) / (u - 1) (Kahan).
        TLanes u = TLanes.Broadcast(1) + x;
        TLanes distance = u - TLanes.Broadcast(1);
        TLanes y = default(LogOperator).Invoke(u) * (x / distance);
        y = TLanes.Select(TLanes.Equal(distance, TLanes.Broadcast(0)), x, y);
        return TLanes.Select(TLanes.Equal(x, TLanes.Broadcast(float.PositiveInfinity)), x, y);
    }
}
