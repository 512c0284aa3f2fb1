using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>e^x - 1 within 2 ulp, also near 0, where subtracting 1 from e^x would leave no digit. -1 at -inf, inf at inf, NaN stays NaN.</summary>
public readonly struct ExpMinusOneOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // Below -17.5 the result rounds to -1, above 89 it is infinite.
        TLanes inside = TLanes.AtMost(TLanes.AtLeast(x, TLanes.Broadcast(-17.5f)), TLanes.Broadcast(89));
        TLanes p = ExpOperator.ReducedMinusOne(inside, out TLanes n);

        // 2^n e^r - 1 = 2^n ((e^r - 1) + (1 - 2^-n)): at n = 0 the polynomial alone. The second bracket is 1 long before 2^-n leaves the exponent field.
        TLanes rest = TLanes.Broadcast(1) - TLanes.PowerOfTwo(TLanes.AtLeast(-n, TLanes.Broadcast(-126)));
        TLanes y = TLanes.Scale(p + rest, n);
        return TLanes.CopySign(y, x); // for -0
    }
}
