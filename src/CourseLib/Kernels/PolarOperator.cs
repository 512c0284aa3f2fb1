using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>mean + std * sqrt(-2 ln u) * cos(2 pi t), or the sine, for u in (0, 1] and t in [0, 1): the two halves of Box and Muller's transform.</summary>
internal readonly struct PolarOperator(float std, float mean, bool sine) : IBinaryOperator
{
    public static int Cost => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes u, TLanes t) where TLanes : struct, ILanes<TLanes>
    {
        TLanes radius = TLanes.Sqrt(default(LogOperator).Invoke(u) * TLanes.Broadcast(-2));

        // In quarter turns: q = nearest integer, r in [-1/2, 1/2]. A sine is a cosine a quarter turn earlier.
        TLanes quarters = t * TLanes.Broadcast(4);
        TLanes q = TLanes.Round(quarters);
        TLanes r = quarters - q;
        if (sine)
        {
            q -= TLanes.Broadcast(1);
        }

        // cos and sin of r quarter turns: minimax polynomials in r^2 by Remez's exchange.
        TLanes s = r * r;
        TLanes cos = TLanes.Broadcast(9.03631702e-4f);
        cos = TLanes.MultiplyAdd(cos, s, TLanes.Broadcast(-0.0208600713f));
        cos = TLanes.MultiplyAdd(cos, s, TLanes.Broadcast(0.253669204f));
        cos = TLanes.MultiplyAdd(cos, s, TLanes.Broadcast(-1.23370054f));
        cos = TLanes.MultiplyAdd(cos, s, TLanes.Broadcast(1));
        TLanes sin = TLanes.Broadcast(1.58206744e-4f);
        sin = TLanes.MultiplyAdd(sin, s, TLanes.Broadcast(-4.68126648e-3f));
        sin = TLanes.MultiplyAdd(sin, s, TLanes.Broadcast(0.0796925828f));
        sin = TLanes.MultiplyAdd(sin, s, TLanes.Broadcast(-0.645964096f));
        sin = TLanes.MultiplyAdd(sin, s, TLanes.Broadcast(1.57079633f)) * r;

        // cos((q + r) quarter turns) is cos r, -sin r, -cos r, sin r for q = 0, 1, 2, 3. The remainder of q by 2 is 0 for even q, 1 for
        // q = 1, -1 for q = 3 and -1 (halves round to even).
        TLanes two = TLanes.Broadcast(2);
        TLanes remainder = q - (TLanes.Round(q * TLanes.Broadcast(0.5f)) * two);
        TLanes even = TLanes.Select(TLanes.Equal(q, two), -cos, cos);
        TLanes value = TLanes.Select(TLanes.Equal(remainder, TLanes.Broadcast(0)), even, -(remainder * sin));
        return TLanes.Broadcast(mean) + (TLanes.Broadcast(std) * (radius * value));
    }
}
