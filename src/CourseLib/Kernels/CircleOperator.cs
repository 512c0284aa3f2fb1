using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// sin x, or with <paramref name="cosine"/> cos x, within 1 ulp for |x| up to <see cref="Limit"/>: x = n pi/2 + r with |r| &lt;= pi/4, polynomials for sin r and cos r, and n chooses
/// between them and their signs. <see cref="Trigonometry"/> looks after larger numbers.
/// </summary>
internal readonly struct CircleOperator(bool cosine) : IUnaryOperator
{
    public static int Cost => 8;

    /// <summary>Up to here n has 9 bits, so that its products with the parts of pi/2 are exact.</summary>
    internal const float Limit = 800;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // pi/2 in four parts (Cody and Waite), the first three of 15 bits or fewer. What the subtractions round away is kept in low: near a
        // multiple of pi/2 hardly more than that is left.
        TLanes n = TLanes.Round(x * TLanes.Broadcast(0.636619772f));
        TLanes r = x - (n * TLanes.Broadcast(1.57080078f));
        TLanes low = TLanes.Broadcast(0);
        r = Subtract(r, n * TLanes.Broadcast(-4.45358455e-6f), ref low);
        r = Subtract(r, n * TLanes.Broadcast(-8.7055696e-10f), ref low);
        low -= n * TLanes.Broadcast(5.39030295e-15f);

        // sin r = r + r^3 p(r^2) and cos r = 1 - r^2/2 + r^4 q(r^2): minimax coefficients by Remez's exchange, weighted for relative error.
        TLanes squared = r * r;
        TLanes sin = TLanes.MultiplyAdd(squared, TLanes.Broadcast(-1.95120214e-4f), TLanes.Broadcast(8.33213702e-3f));
        sin = TLanes.MultiplyAdd(squared, sin, TLanes.Broadcast(-0.166666538f));
        sin = r + TLanes.MultiplyAdd(sin, squared * r, low);
        TLanes cos = TLanes.MultiplyAdd(squared, TLanes.Broadcast(2.44294315e-5f), TLanes.Broadcast(-1.38872839e-3f));
        cos = TLanes.MultiplyAdd(squared, cos, TLanes.Broadcast(4.16666456e-2f));
        TLanes one = TLanes.Broadcast(1);
        TLanes half = squared * TLanes.Broadcast(0.5f);
        TLanes near = one - half;
        cos = near + ((one - near) - half + TLanes.MultiplyAdd(cos, squared * squared, -(r * low)));

        // A cosine is a sine a quarter turn later. sin((n + r) quarter turns) is sin r, cos r, -sin r, -cos r for n = 0, 1, 2, 3 modulo 4; n - 4 round(n / 4) is
        // -2 or 2 for 2, and -1 for 3.
        if (cosine)
        {
            n += one;
        }

        TLanes quarter = n - (TLanes.Broadcast(4) * TLanes.Round(n * TLanes.Broadcast(0.25f)));
        TLanes size = TLanes.Abs(quarter);
        TLanes value = TLanes.Select(TLanes.Equal(size, one), cos, sin);
        value = TLanes.Select(TLanes.LessThan(one, size), -value, value);
        value = TLanes.Select(TLanes.Equal(quarter, -one), -value, value);

        // sin x = x for the smallest, and for -0.
        return cosine ? value : TLanes.Select(TLanes.LessThan(TLanes.Abs(x), TLanes.Broadcast(1f / 4096)), x, value);
    }

    /// <summary>a - b, with what the result was rounded by added to <paramref name="low"/> (Knuth's two-sum).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Subtract<TLanes>(TLanes a, TLanes b, ref TLanes low) where TLanes : struct, ILanes<TLanes>
    {
        TLanes difference = a - b;
        TLanes taken = a - difference;
        low += (a - (difference + taken)) + (taken - b);
        return difference;
    }
}
