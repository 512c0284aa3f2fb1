using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Steps;

/// <summary><see cref="AdamStep"/>, bit for bit, with its move p(new) - p(old) written to the third state, where <c>SWATS</c> reads it.</summary>
/// <param name="adam">The step; it cannot be AMSGrad's, whose third state is the maximum.</param>
public readonly struct RecordedAdamStep(AdamStep adam) : IStepOperator
{
    private readonly AdamStep adam = adam;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes p, TLanes g, ref TLanes m, ref TLanes v, ref TLanes move) where TLanes : struct, ILanes<TLanes>
    {
        TLanes largest = TLanes.Broadcast(0);
        move = adam.Move(p, g, ref m, ref v, ref largest);
        return p + move;
    }
}
