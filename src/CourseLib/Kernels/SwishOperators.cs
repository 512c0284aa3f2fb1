using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>The two halves of a sigmoid gate: s = sigmoid(u) and 1 - s, each to its own last digits.</summary>
internal static class SwishGate
{
    /// <summary>s and 1 - s from one exponential.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void At<TLanes>(TLanes u, out TLanes s, out TLanes rest) where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes e = default(ExpOperator).Invoke(-TLanes.Abs(u));
        TLanes large = one / (one + e);
        TLanes small = e * large;
        TLanes left = TLanes.LessThan(u, TLanes.Broadcast(0));
        s = TLanes.Select(left, small, large);
        rest = TLanes.Select(left, large, small);
    }
}

/// <summary>x sigmoid(beta x), with beta for each element.</summary>
public readonly struct SwishOperator : IBinaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x, TLanes beta) where TLanes : struct, ILanes<TLanes> =>
        x * default(SigmoidOperator).Invoke(beta * x);
}

/// <summary>The derivative of x sigmoid(u), u = beta x, with respect to x: s (1 + u (1 - s)).</summary>
public readonly struct SwishDerivative : IBinaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x, TLanes beta) where TLanes : struct, ILanes<TLanes>
    {
        TLanes u = beta * x;
        SwishGate.At(u, out TLanes s, out TLanes rest);
        return s * (TLanes.Broadcast(1) + (u * rest));
    }
}

/// <summary>x sigmoid(beta x) with one beta.</summary>
/// <param name="beta">1 is SiLU.</param>
public readonly struct ScalarSwishOperator(float beta) : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        default(SwishOperator).Invoke(x, TLanes.Broadcast(beta));
}

/// <summary>dx = dy s (1 + u (1 - s)) for <see cref="ScalarSwishOperator"/>.</summary>
/// <param name="beta">1 is SiLU.</param>
public readonly struct ScalarSwishGradient(float beta) : IBinaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        dy * default(SwishDerivative).Invoke(x, TLanes.Broadcast(beta));
}
