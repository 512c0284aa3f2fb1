using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Steps;

/// <summary>
/// Gradient descent with a velocity v, the first state: p = shrink p; g = g + decay p; v = keep v + enter g; d = along v + beside g; p = p - rate d.
/// The five numbers make all its forms:
/// <code>
///                            keep  enter          along  beside  rate
/// plain                      0     1              1      0       lr
/// torch                      mu    1 - dampening  1      0       lr
/// torch, Nesterov            mu    1              mu     1       lr
/// the lectures' (classic)    mu    lr             1      0       1
/// the lectures' Nesterov     mu    lr             mu     lr      1
/// </code>
/// </summary>
/// <param name="keep">What is kept of the velocity.</param>
/// <param name="enter">What enters it of the gradient.</param>
/// <param name="along">The velocity's part of the direction.</param>
/// <param name="beside">The gradient's part of the direction.</param>
/// <param name="rate">The length of the step along the direction.</param>
/// <param name="weightDecay">An L2 penalty: decay times parameter is added to the gradient.</param>
/// <param name="shrink">Decoupled decay: the parameter is multiplied by it first.</param>
public readonly struct SgdStep(double keep, double enter, double along, double beside, double rate, double weightDecay = 0, double shrink = 1) : IStepOperator
{
    private readonly float keep = (float)keep;
    private readonly float enter = (float)enter;
    private readonly float along = (float)along;
    private readonly float beside = (float)beside;
    private readonly float rate = (float)-rate;
    private readonly float weightDecay = (float)weightDecay;
    private readonly float shrink = (float)shrink;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes p, TLanes g, ref TLanes velocity, ref TLanes second, ref TLanes third) where TLanes : struct, ILanes<TLanes>
    {
        p *= TLanes.Broadcast(shrink);
        g = TLanes.MultiplyAdd(p, TLanes.Broadcast(weightDecay), g);
        velocity = TLanes.MultiplyAdd(g, TLanes.Broadcast(enter), velocity * TLanes.Broadcast(keep));
        TLanes direction = TLanes.MultiplyAdd(velocity, TLanes.Broadcast(along), g * TLanes.Broadcast(beside));
        return TLanes.MultiplyAdd(direction, TLanes.Broadcast(rate), p);
    }
}
