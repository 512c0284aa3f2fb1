using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>The arctangent in radians within 2 ulp: an odd polynomial up to 1, above it pi/2 - atan(1/x). ±pi/2 at ±inf, -0 stays -0, NaN stays NaN.</summary>
public readonly struct AtanOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes size = TLanes.Abs(x);
        TLanes large = TLanes.LessThan(one, size);
        TLanes t = TLanes.Select(large, one / size, size);

        // atan(t) = t + t^3 p(t^2) for t <= 1: minimax coefficients by Remez's exchange, weighted for relative error.
        TLanes squared = t * t;
        TLanes p = TLanes.Broadcast(-1.79362062e-3f);
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(0.0109146108f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(-0.0311778782f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(0.0579576549f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(-0.0840345602f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(0.109521886f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(-0.142642424f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(0.199985484f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(-0.333332991f));
        TLanes near = TLanes.MultiplyAdd(p * squared, t, t);
        return TLanes.CopySign(TLanes.Select(large, TLanes.Broadcast(1.57079633f) - near, near), x);
    }
}

/// <summary>dx = dy / (1 + x^2) for y = atan(x).</summary>
public readonly struct AtanGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        dy / (TLanes.Broadcast(1) + (x * x));
}
