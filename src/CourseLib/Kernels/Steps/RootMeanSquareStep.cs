using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Steps;

/// <summary>
/// Adagrad and RMSprop: g = g + decay p; v = keep v + enter g^2; a = keep a + enter g; d = g / (sqrt(max(v - centering a^2, 0) + inside) + outside);
/// b = momentum b + d; p = p - rate b.
/// </summary>
/// <remarks>
/// States: v; a for the centered form; b for momentum. Without momentum b = d. Adagrad keeps all and lets all enter, RMSprop keeps alpha and lets 1 - alpha enter.
/// Rounding can bring v below a^2, which torch turns into NaN; here the difference stops at 0.
/// </remarks>
/// <param name="keep">What is kept of the mean squares.</param>
/// <param name="enter">What enters them of the new square.</param>
/// <param name="rate">The learning rate.</param>
/// <param name="epsilon">eps.</param>
/// <param name="epsilonInsideRoot">True: inside = eps and outside = 0 (lectures); false: the reverse (torch).</param>
/// <param name="weightDecay">An L2 penalty: decay times parameter is added to the gradient.</param>
/// <param name="centered">Whether centering is 1 or 0.</param>
/// <param name="momentum">What is kept of b.</param>
public readonly struct RootMeanSquareStep(
    double keep, double enter, double rate, double epsilon, bool epsilonInsideRoot, double weightDecay = 0, bool centered = false, double momentum = 0) : IStepOperator
{
    private readonly float keep = (float)keep;
    private readonly float enter = (float)enter;
    private readonly float rate = (float)-rate;
    private readonly float inside = epsilonInsideRoot ? (float)epsilon : 0;
    private readonly float outside = epsilonInsideRoot ? 0 : (float)epsilon;
    private readonly float weightDecay = (float)weightDecay;
    private readonly float centering = centered ? -1 : 0;
    private readonly float momentum = (float)momentum;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes p, TLanes g, ref TLanes square, ref TLanes average, ref TLanes buffer) where TLanes : struct, ILanes<TLanes>
    {
        g = TLanes.MultiplyAdd(p, TLanes.Broadcast(weightDecay), g);
        square = TLanes.MultiplyAdd(g * TLanes.Broadcast(enter), g, square * TLanes.Broadcast(keep));
        average = TLanes.MultiplyAdd(g, TLanes.Broadcast(enter), average * TLanes.Broadcast(keep));
        TLanes variance = TLanes.Max(TLanes.MultiplyAdd(average * TLanes.Broadcast(centering), average, square), TLanes.Broadcast(0));
        TLanes root = TLanes.Sqrt(variance + TLanes.Broadcast(inside)) + TLanes.Broadcast(outside);
        buffer = TLanes.MultiplyAdd(buffer, TLanes.Broadcast(momentum), g / root);
        return TLanes.MultiplyAdd(buffer, TLanes.Broadcast(rate), p);
    }
}
