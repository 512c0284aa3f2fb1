using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>Turns a number drawn from U[0, 1) into a dropout factor: 0 with probability p, else 1 / (1 - p).</summary>
/// <param name="p">Probability of a zero.</param>
public readonly struct DropoutMaskOperator(float p) : IUnaryOperator
{
    private readonly float factor = 1 / (1 - p);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Select(TLanes.LessThan(x, TLanes.Broadcast(p)), TLanes.Broadcast(0), TLanes.Broadcast(factor));
}
