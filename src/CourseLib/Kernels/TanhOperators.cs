using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// tanh x within 2 ulp: an odd polynomial near 0, where 1 - 2 / (e^2x + 1) would cancel, and that formula elsewhere.
/// tanh(0) = 0 and tanh(-0) = -0 exactly.
/// </summary>
public readonly struct TanhOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // tanh(x) = x + x^3 p(x^2) for |x| < 0.625: minimax coefficients by Remez's exchange, weighted for relative error.
        TLanes squared = x * x;
        TLanes p = TLanes.Broadcast(-5.69738368e-3f);
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(2.06325459e-2f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(-5.37377979e-2f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(0.133314204f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(-0.333332812f));
        TLanes near = TLanes.MultiplyAdd(p * squared, x, x);

        TLanes size = TLanes.Abs(x);
        TLanes one = TLanes.Broadcast(1);
        TLanes far = one - (TLanes.Broadcast(2) / (default(ExpOperator).Invoke(size + size) + one));
        // The sign of x also for -0, whose polynomial adds up to +0.
        return TLanes.CopySign(TLanes.Select(TLanes.LessThan(size, TLanes.Broadcast(0.625f)), near, far), x);
    }
}

/// <summary>dx = dy (1 - y^2) for y = tanh(x).</summary>
public readonly struct TanhGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes y) where TLanes : struct, ILanes<TLanes> =>
        dy * (TLanes.Broadcast(1) - (y * y));
}
