using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Normalizations;

/// <summary>(x - mean)^2: the terms of a variance, taken after the mean is known, so that a large mean costs no digits.</summary>
internal readonly struct SquaredDistanceOperator(float mean) : IUnaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        TLanes centered = x - TLanes.Broadcast(mean);
        return centered * centered;
    }
}

/// <summary>(x - mean) scale + shift.</summary>
internal readonly struct NormalizeOperator(float mean, float scale, float shift) : IUnaryOperator
{
    public float Mean => mean;

    public float Scale => scale;

    public float Shift => shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(x - TLanes.Broadcast(mean), TLanes.Broadcast(scale), TLanes.Broadcast(shift));
}

/// <summary>dy (x - mean).</summary>
internal readonly struct CenteredProductOperator(float mean) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> => dy * (x - TLanes.Broadcast(mean));
}

/// <summary>The three terms of a normalisation's input gradient: scale dy + slope (x - mean) + shift.</summary>
internal readonly struct NormalizeGradientOperator(float mean, float scale, float slope, float shift) : IBinaryOperator
{
    public float Scale => scale;

    public float Slope => slope;

    public float Shift => shift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(dy, TLanes.Broadcast(scale), TLanes.MultiplyAdd(x - TLanes.Broadcast(mean), TLanes.Broadcast(slope), TLanes.Broadcast(shift)));
}

/// <summary>(x - mean) r gamma + beta, with a gamma and a beta for each element.</summary>
internal readonly struct NormalizeAffineOperator(float mean, float inverseDeviation) : ITernaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x, TLanes gamma, TLanes beta) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd((x - TLanes.Broadcast(mean)) * TLanes.Broadcast(inverseDeviation), gamma, beta);
}

/// <summary>dy gamma (x - mean).</summary>
internal readonly struct WeightedCenteredProductOperator(float mean) : ITernaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes gamma, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        dy * gamma * (x - TLanes.Broadcast(mean));
}

/// <summary>scale dy gamma + slope (x - mean) + shift.</summary>
internal readonly struct NormalizeAffineGradientOperator(float mean, float scale, float slope, float shift) : ITernaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes gamma, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        new NormalizeGradientOperator(mean, scale, slope, shift).Invoke(dy * gamma, x);
}

/// <summary>dy (x - mean) r: one row's share of gamma's gradient.</summary>
internal readonly struct GammaGradientOperator(float mean, float inverseDeviation) : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes x) where TLanes : struct, ILanes<TLanes> =>
        dy * ((x - TLanes.Broadcast(mean)) * TLanes.Broadcast(inverseDeviation));
}

/// <summary>No activation: dy as it is.</summary>
internal readonly struct NoActivationGradient : IBinaryOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes dy, TLanes y) where TLanes : struct, ILanes<TLanes> => dy;
}
