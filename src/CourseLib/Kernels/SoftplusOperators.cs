using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>ln(1 + e^(beta x)) / beta as (max(u, 0) + ln(1 + e^-|u|)) / beta with u = beta x: nothing overflows, and the left tail keeps its digits. x itself where u is above the threshold.</summary>
/// <param name="beta">Sharpness of the bend.</param>
/// <param name="threshold">From which u on the function is taken to be linear.</param>
public readonly struct SoftplusOperator(float beta, float threshold) : IUnaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes u = x * TLanes.Broadcast(beta);
        TLanes bend = default(LogOnePlusOperator).Invoke(default(ExpOperator).Invoke(-TLanes.Abs(u)));
        TLanes y = (TLanes.Max(u, TLanes.Broadcast(0)) + bend) / TLanes.Broadcast(beta);
        return TLanes.Select(TLanes.LessThan(TLanes.Broadcast(threshold), u), x, y);
    }
}

/// <summary>dx = dy sigmoid(beta x), or dy above the threshold.</summary>
/// <param name="beta">Sharpness of the bend.</param>
/// <param name="threshold">From which u on the function is taken to be linear.</param>
public readonly struct SoftplusGradient(float beta, float threshold) : IBinaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes u = x * TLanes.Broadcast(beta);
        return TLanes.Select(TLanes.LessThan(TLanes.Broadcast(threshold), u), dy, dy * default(SigmoidOperator).Invoke(u));
    }
}
