using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>x tanh(ln(1 + e^x)) with one exponential: tanh(ln(1 + e^x)) = (a^2 - 1) / (a^2 + 1) with a = 1 + e^x, written in e^-|x| so that nothing overflows or cancels.</summary>
public readonly struct MishOperator : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        Fraction(x, out _, out TLanes numerator, out TLanes denominator);
        return x * (numerator / denominator);
    }

    /// <summary>tanh(ln(1 + e^x)) as a fraction. With e = e^-|x|: e (e + 2) / (e (e + 2) + 2) on the left, (1 + 2e) / (1 + 2e + 2e^2) on the right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Fraction<TLanes>(TLanes x, out TLanes e, out TLanes numerator, out TLanes denominator) where TLanes : struct, ILanes<TLanes>
    {
        TLanes two = TLanes.Broadcast(2);
        e = default(ExpOperator).Invoke(-TLanes.Abs(x));
        TLanes left = TLanes.LessThan(x, TLanes.Broadcast(0));
        numerator = TLanes.Select(left, e * (e + two), TLanes.Broadcast(1) + (e + e));
        denominator = numerator + TLanes.Select(left, two, two * (e * e));
    }
}

/// <summary>dx = dy (T + x (1 - T^2) sigmoid(x)) for T = tanh(ln(1 + e^x)); the last product is 4 w (1 + e) / denominator^2 with w = e on the left, e^2 on the right.</summary>
public readonly struct MishGradient : IBinaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        MishOperator.Fraction(x, out TLanes e, out TLanes numerator, out TLanes denominator);
        TLanes inverse = TLanes.Broadcast(1) / denominator;
        TLanes w = e * TLanes.Select(TLanes.LessThan(x, TLanes.Broadcast(0)), TLanes.Broadcast(1), e);
        TLanes slope = TLanes.Broadcast(4) * w * (TLanes.Broadcast(1) + e) * inverse;
        return dy * ((numerator + (x * slope)) * inverse);
    }
}
