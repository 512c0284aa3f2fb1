using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>x^2.</summary>
public readonly struct SquareOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        x * x;
}

/// <summary>dx = dy * 2 x.</summary>
public readonly struct SquareGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        dy * (x + x);
}

/// <summary>x^3.</summary>
public readonly struct CubeOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        x * x * x;
}

/// <summary>Square root; NaN below zero.</summary>
public readonly struct SqrtOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Sqrt(x);
}

/// <summary>dx = dy / (2 y) for y = sqrt(x).</summary>
public readonly struct SqrtGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes y) where TLanes : struct, ILanes<TLanes> =>
        dy / (y + y);
}

/// <summary>1 / sqrt(x).</summary>
public readonly struct ReciprocalSqrtOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Broadcast(1) / TLanes.Sqrt(x);
}

/// <summary>dx = -dy y^2 for y = 1 / x.</summary>
public readonly struct ReciprocalGradient : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes y) where TLanes : struct, ILanes<TLanes> =>
        -(dy * (y * y));
}

/// <summary>a^b for any two numbers, with the accuracy of <see cref="MathF.Pow"/>, lane by lane: slow. <see cref="Elementwise.Pow"/> knows the cheap exponents.</summary>
public readonly struct PowOperator : IBinaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 32;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Pow(a, b);
}

/// <summary>dx = dy * exponent * x^(exponent - 1).</summary>
/// <param name="exponent">The exponent, the same for all elements.</param>
public readonly struct PowGradient(float exponent) : IBinaryOperator
{
    /// <inheritdoc/>
    public static int Cost => 32;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        dy * (TLanes.Broadcast(exponent) * TLanes.Pow(x, TLanes.Broadcast(exponent - 1)));
}
