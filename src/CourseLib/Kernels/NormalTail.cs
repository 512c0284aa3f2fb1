using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>The tail of the standard normal distribution, which erf and GELU rest on.</summary>
internal static class NormalTail
{
    /// <summary>Phi(-t) for t &gt;= 0 to a few ulp, down to the subnormal numbers.</summary>
    /// <param name="t">Where; infinity gives 0, NaN stays NaN.</param>
    /// <param name="exponential">e^(-t^2/2): the density times sqrt(2 pi).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes At<TLanes>(TLanes t, out TLanes exponential) where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes end = TLanes.Broadcast(14.5f); // the tail beyond is less than the smallest float
        t = TLanes.Select(TLanes.LessThan(end, t), end, t);

        // A rounding error in t^2/2 would be multiplied by e's slope: t = c + d with c on a grid of 1/256, so that c^2 is exact, and
        // e^(-t^2/2) = e^(-c^2/2) e^(-b) with b = d (t + c) / 2 below 0.03, where four terms are enough.
        TLanes c = TLanes.Round(t * TLanes.Broadcast(256)) * TLanes.Broadcast(1f / 256);
        TLanes b = (t - c) * (t + c) * TLanes.Broadcast(-0.5f);
        TLanes series = TLanes.MultiplyAdd(b, TLanes.Broadcast(1f / 6), TLanes.Broadcast(0.5f));
        series = TLanes.MultiplyAdd(series, b, one);
        series = TLanes.MultiplyAdd(series, b, one);
        exponential = default(ExpOperator).Invoke(c * c * TLanes.Broadcast(-0.5f)) * series;

        // Phi(-t) e^(t^2/2) (t + 2.5) in q = (t - 2.5) / (t + 2.5): minimax coefficients by Remez's exchange, weighted for relative error.
        TLanes k = TLanes.Broadcast(2.5f);
        TLanes r = one / (t + k);
        TLanes q = (t - k) * r;
        TLanes p = TLanes.Broadcast(-1.57266743e-4f);
        p = TLanes.MultiplyAdd(p, q, TLanes.Broadcast(-3.10864801e-4f));
        p = TLanes.MultiplyAdd(p, q, TLanes.Broadcast(6.84344799e-4f));
        p = TLanes.MultiplyAdd(p, q, TLanes.Broadcast(2.52329718e-3f));
        p = TLanes.MultiplyAdd(p, q, TLanes.Broadcast(-1.60096165e-3f));
        p = TLanes.MultiplyAdd(p, q, TLanes.Broadcast(-0.0163860216f));
        p = TLanes.MultiplyAdd(p, q, TLanes.Broadcast(9.23591493e-3f));
        p = TLanes.MultiplyAdd(p, q, TLanes.Broadcast(0.131986965f));
        p = TLanes.MultiplyAdd(p, q, TLanes.Broadcast(-0.433692014f));
        p = TLanes.MultiplyAdd(p, q, TLanes.Broadcast(0.70665666f));
        return p * r * exponential;
    }
}
