using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>x Phi(x), with Phi the normal distribution function: relative error of a few ulp over the whole range, because the left tail is computed as such and not as 1 + erf.</summary>
public readonly struct GeluOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes tail = NormalTail.At(TLanes.Abs(x), out _);
        return x * TLanes.Select(TLanes.LessThan(x, TLanes.Broadcast(0)), tail, TLanes.Broadcast(1) - tail);
    }
}

/// <summary>dx = dy (Phi(x) + x phi(x)), with phi the normal density.</summary>
public readonly struct GeluGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        // h = Phi(-|x|) - |x| phi(x) is the derivative on the left; on the right it is 1 - h.
        TLanes size = TLanes.Abs(x);
        TLanes tail = NormalTail.At(size, out TLanes exponential);
        TLanes h = tail - (size * (exponential * TLanes.Broadcast(0.398942280f)));
        return dy * TLanes.Select(TLanes.LessThan(x, TLanes.Broadcast(0)), h, TLanes.Broadcast(1) - h);
    }
}

/// <summary>x (1 + tanh u) / 2 with u = sqrt(2/pi) (x + 0.044715 x^3), computed as x sigmoid(2u), which loses nothing on the left.</summary>
public readonly struct GeluTanhOperator : IUnaryOperator
{
    /// <summary>2 sqrt(2/pi).</summary>
    internal const float Linear = 1.59576912f;

    /// <summary>2 sqrt(2/pi) 0.044715.</summary>
    internal const float Cubic = 0.0713548163f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes slope = TLanes.MultiplyAdd(x * x, TLanes.Broadcast(Cubic), TLanes.Broadcast(Linear));
        return x * default(SigmoidOperator).Invoke(x * slope);
    }
}

/// <summary>dx = dy s (1 + x (1 - s) 2u') for s = sigmoid(2u) of <see cref="GeluTanhOperator"/>.</summary>
public readonly struct GeluTanhGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes squared = x * x;
        TLanes u = x * TLanes.MultiplyAdd(squared, TLanes.Broadcast(GeluTanhOperator.Cubic), TLanes.Broadcast(GeluTanhOperator.Linear));
        TLanes slope = TLanes.MultiplyAdd(squared, TLanes.Broadcast(3 * GeluTanhOperator.Cubic), TLanes.Broadcast(GeluTanhOperator.Linear));
        SwishGate.At(u, out TLanes s, out TLanes rest);
        return dy * (s * (TLanes.Broadcast(1) + (x * slope * rest)));
    }
}
