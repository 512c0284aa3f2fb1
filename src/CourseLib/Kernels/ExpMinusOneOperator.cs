using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>e^x - 1 within 2 ulp, also near 0, where subtracting 1 from e^x would leave no digit. -1 at -inf, inf at inf, NaN stays NaN.</summary>
public readonly struct ExpMinusOneOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // Below -17.5 the result rounds to -1, above 89 it is infinite.
        TLanes low = TLanes.Broadcast(-17.5f);
        TLanes high = TLanes.Broadcast(89);
        TLanes inside = TLanes.Select(TLanes.LessThan(x, low), low, x);
        inside = TLanes.Select(TLanes.LessThan(high, inside), high, inside);
        TLanes p = ExpOperator.ReducedMinusOne(inside, out TLanes n);

        // 2^n e^r - 1 = 2^n ((e^r - 1) + (1 - 2^-n)): at n = 0 the polynomial alone. The second bracket is 1 long before 2^-n leaves the exponent field.
        TLanes rest = TLanes.Broadcast(1) - TLanes.PowerOfTwo(TLanes.Max(-n, TLanes.Broadcast(-126)));
        TLanes half = TLanes.Round(n * TLanes.Broadcast(0.5f));
        TLanes y = (p + rest) * TLanes.PowerOfTwo(half) * TLanes.PowerOfTwo(n - half);
        return TLanes.CopySign(y, x); // for -0
    }
}
