using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Steps;

/// <summary>
/// NAdam: g = g + decay p; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; p = p - (beside g + along m) / (sqrt(v) / root + eps).
/// </summary>
/// <remarks>States: m and v.</remarks>
/// <param name="beta1">Decay of the first moment.</param>
/// <param name="beta2">Decay of the second moment.</param>
/// <param name="beside">lr (1 - mu_t) / (1 - mu_1 … mu_t), the new gradient's part of the step.</param>
/// <param name="along">lr mu_(t+1) / (1 - mu_1 … mu_(t+1)), the first moment's part.</param>
/// <param name="root">sqrt(1 - beta2^t).</param>
/// <param name="epsilon">eps.</param>
/// <param name="weightDecay">An L2 penalty: decay times parameter is added to the gradient.</param>
public readonly struct NAdamStep(double beta1, double beta2, double beside, double along, double root, double epsilon, double weightDecay = 0) : IStepOperator
{
    private readonly float beta1 = (float)beta1;
    private readonly float rest1 = (float)(1 - beta1);
    private readonly float beta2 = (float)beta2;
    private readonly float rest2 = (float)(1 - beta2);
    private readonly float beside = (float)beside;
    private readonly float along = (float)along;
    private readonly float root = (float)root;
    private readonly float epsilon = (float)epsilon;
    private readonly float weightDecay = (float)weightDecay;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes p, TLanes g, ref TLanes m, ref TLanes v, ref TLanes third) where TLanes : struct, ILanes<TLanes>
    {
        g = TLanes.MultiplyAdd(p, TLanes.Broadcast(weightDecay), g);
        m = TLanes.MultiplyAdd(g, TLanes.Broadcast(rest1), m * TLanes.Broadcast(beta1));
        v = TLanes.MultiplyAdd(g * TLanes.Broadcast(rest2), g, v * TLanes.Broadcast(beta2));
        TLanes direction = TLanes.MultiplyAdd(m, TLanes.Broadcast(along), g * TLanes.Broadcast(beside));
        return p - (direction / ((TLanes.Sqrt(v) / TLanes.Broadcast(root)) + TLanes.Broadcast(epsilon)));
    }
}
