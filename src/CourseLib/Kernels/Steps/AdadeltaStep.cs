using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Steps;

/// <summary>
/// Adadelta: g = g + decay p; v = rho v + (1 - rho) g^2; d = sqrt(u + numerator) / sqrt(v + eps) g; u = rho u + (1 - rho) d^2; p = p - rate d.
/// </summary>
/// <remarks>States: v, the mean square of the gradients, and u, that of the updates.</remarks>
/// <param name="rho">What is kept of both means.</param>
/// <param name="rate">The learning rate; the paper has none, which is 1.</param>
/// <param name="epsilon">eps, under the root of the gradients.</param>
/// <param name="numeratorEpsilon">Under the root of the updates; the paper's is eps too.</param>
/// <param name="weightDecay">An L2 penalty: decay times parameter is added to the gradient.</param>
public readonly struct AdadeltaStep(double rho, double rate, double epsilon, double numeratorEpsilon, double weightDecay = 0) : IStepOperator
{
    private readonly float keep = (float)rho;
    private readonly float enter = (float)(1 - rho);
    private readonly float rate = (float)-rate;
    private readonly float epsilon = (float)epsilon;
    private readonly float numeratorEpsilon = (float)numeratorEpsilon;
    private readonly float weightDecay = (float)weightDecay;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes p, TLanes g, ref TLanes square, ref TLanes updates, ref TLanes third) where TLanes : struct, ILanes<TLanes>
    {
        g = TLanes.MultiplyAdd(p, TLanes.Broadcast(weightDecay), g);
        square = TLanes.MultiplyAdd(g * TLanes.Broadcast(enter), g, square * TLanes.Broadcast(keep));
        TLanes update = TLanes.Sqrt(updates + TLanes.Broadcast(numeratorEpsilon)) / TLanes.Sqrt(square + TLanes.Broadcast(epsilon)) * g;
        updates = TLanes.MultiplyAdd(update * TLanes.Broadcast(enter), update, updates * TLanes.Broadcast(keep));
        return TLanes.MultiplyAdd(update, TLanes.Broadcast(rate), p);
    }
}
