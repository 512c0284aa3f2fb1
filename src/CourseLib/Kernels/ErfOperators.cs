using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// The error function erf x = 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x, within 3 ulp: an odd polynomial below 1, above it
/// 1 - 2 Phi(-sqrt(2) |x|). erf(0) = 0, erf(-0) = -0 and erf(±inf) = ±1 exactly; NaN stays NaN.
/// </summary>
public readonly struct ErfOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // erf(x) = x + x p(x^2) for |x| < 1: minimax coefficients by Remez's exchange, weighted for relative error.
        TLanes squared = x * x;
        TLanes p = TLanes.Broadcast(7.85384840e-5f);
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(-8.01018960e-4f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(5.18832721e-3f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(-0.0268538117f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(0.112835851f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(-0.376126258f));
        p = TLanes.MultiplyAdd(p, squared, TLanes.Broadcast(0.128379166f));
        TLanes near = TLanes.MultiplyAdd(p, x, x);

        // Beyond 4 the tail is less than half a digit of 1.
        TLanes size = TLanes.Abs(x);
        TLanes t = TLanes.AtMost(size, TLanes.Broadcast(4)) * TLanes.Broadcast(1.41421356f);
        TLanes e = ExpOperator.Reduced(t * t * TLanes.Broadcast(-0.5f), out TLanes n);
        TLanes tail = TLanes.Scale(e * NormalTail.Ratio(t), n);
        TLanes far = TLanes.MultiplyAdd(tail, TLanes.Broadcast(-2), TLanes.Broadcast(1));
        return TLanes.CopySign(TLanes.Select(TLanes.LessThan(size, TLanes.Broadcast(1)), near, far), x);
    }
}

/// <summary>dx = dy 2/sqrt(pi) e^(-x^2) for y = erf(x).</summary>
public readonly struct ErfGradient : IBinaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes size = TLanes.AtMost(TLanes.Abs(x), TLanes.Broadcast(10.5f)); // 0 beyond
        TLanes e = ExpOperator.ReducedProduct(-size, size, TLanes.Broadcast(1.12837917f), out TLanes n);
        return dy * TLanes.Scale(e, n);
    }
}
