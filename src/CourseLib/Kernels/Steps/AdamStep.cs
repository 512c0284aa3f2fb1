using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Steps;

/// <summary>
/// Adam, AdamW and AMSGrad: p = shrink p; g = g + decay p; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; h = max(h, v);
/// p = p - size m / (sqrt(h + inside) / root + outside).
/// </summary>
/// <remarks>
/// States: m, v and, for AMSGrad, h; a third state that is not kept is zero, and then h = v. The fraction is multiplied by root above and below, in both constants (Kingma and Ba, end of section 2): a step waits
/// for its square root and its division, and so there is one division, not two.
/// </remarks>
public readonly struct AdamStep : IStepOperator
{
    private readonly float beta1;
    private readonly float rest1;
    private readonly float beta2;
    private readonly float rest2;
    private readonly float inside;
    private readonly float outside;
    private readonly float size;
    private readonly float weightDecay;
    private readonly float shrink;

    /// <param name="step">The number of this step, counted from 1; 0: no bias correction, size = lr and root = 1; otherwise size = lr / (1 - beta1^t) and root = sqrt(1 - beta2^t).</param>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="epsilon">eps.</param>
    /// <param name="epsilonInsideRoot">False: outside = eps (paper, torch). True: inside = eps root^2, which is sqrt(h / root^2 + eps) (lectures).</param>
    /// <param name="weightDecay">An L2 penalty: decay times parameter is added to the gradient.</param>
    /// <param name="shrink">AdamW's decay: the parameter is multiplied by it first.</param>
    public AdamStep(
        int step, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, bool epsilonInsideRoot = false, double weightDecay = 0, double shrink = 1)
    {
        Requires.AtLeast(nameof(AdamStep), nameof(step), step, 0);
        double corrected = step == 0 ? 1 : 1 - Math.Pow(beta2, step);
        (this.beta1, rest1) = ((float)beta1, (float)(1 - beta1));
        (this.beta2, rest2) = ((float)beta2, (float)(1 - beta2));
        double root = Math.Sqrt(corrected);
        inside = epsilonInsideRoot ? (float)(epsilon * corrected) : 0;
        outside = epsilonInsideRoot ? 0 : (float)(epsilon * root);
        size = (float)-(learningRate * root / (step == 0 ? 1 : 1 - Math.Pow(beta1, step)));
        this.weightDecay = (float)weightDecay;
        this.shrink = (float)shrink;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes p, TLanes g, ref TLanes m, ref TLanes v, ref TLanes largest) where TLanes : struct, ILanes<TLanes> =>
        (p * TLanes.Broadcast(shrink)) + Move(p * TLanes.Broadcast(shrink), g, ref m, ref v, ref largest);

    /// <summary>What is added to the parameter: -(size root) m / (sqrt(h + inside) + outside root).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Move<TLanes>(TLanes p, TLanes g, ref TLanes m, ref TLanes v, ref TLanes largest) where TLanes : struct, ILanes<TLanes>
    {
        g = TLanes.MultiplyAdd(p, TLanes.Broadcast(weightDecay), g);
        m = TLanes.MultiplyAdd(g, TLanes.Broadcast(rest1), m * TLanes.Broadcast(beta1));
        v = TLanes.MultiplyAdd(g * TLanes.Broadcast(rest2), g, v * TLanes.Broadcast(beta2));
        largest = TLanes.Max(largest, v);
        TLanes scale = TLanes.Sqrt(largest + TLanes.Broadcast(inside)) + TLanes.Broadcast(outside);
        return TLanes.Broadcast(size) * m / scale;
    }
}
