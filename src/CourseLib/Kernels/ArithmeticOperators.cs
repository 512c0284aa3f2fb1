using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>a + b.</summary>
public readonly struct AddOperator : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes> =>
        a + b;
}

/// <summary>a - b.</summary>
public readonly struct SubtractOperator : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes> =>
        a - b;
}

/// <summary>a * b.</summary>
public readonly struct MultiplyOperator : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes> =>
        a * b;
}

/// <summary>a / b.</summary>
public readonly struct DivideOperator : IBinaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes> =>
        a / b;
}

/// <summary>-x.</summary>
public readonly struct NegateOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        -x;
}

/// <summary>1 / x.</summary>
public readonly struct ReciprocalOperator : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Broadcast(1) / x;
}

/// <summary>factor * x; with accumulation y += factor * x.</summary>
/// <param name="factor">What every element is multiplied with.</param>
public readonly struct ScaleOperator(float factor) : IUnaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        x * TLanes.Broadcast(factor);
}

/// <summary>a * b + c.</summary>
public readonly struct MultiplyAddOperator : ITernaryOperator
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes a, TLanes b, TLanes c) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(a, b, c);
}
