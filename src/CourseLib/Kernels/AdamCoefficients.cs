namespace CourseLib.Kernels;

/// <summary>What one Adam or AdamW step needs, computed in double before it is rounded.</summary>
/// <param name="StepSize">lr / (1 - beta1^t).</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="CorrectionRoot">sqrt(1 - beta2^t): the root of the second moment is divided by it.</param>
/// <param name="Epsilon">Added to the corrected root, outside of it (paper and torch; three lectures put it inside).</param>
/// <param name="WeightDecay">Adam's L2 penalty: added to the gradient.</param>
/// <param name="Shrink">AdamW's decay: the parameter is multiplied by it first; 1 for Adam.</param>
public readonly record struct AdamCoefficients(
    double StepSize, double Beta1, double Beta2, double CorrectionRoot, double Epsilon, double WeightDecay = 0, double Shrink = 1)
{
    /// <summary>Adam (Kingma and Ba 2015) at step <paramref name="step"/>, counted from 1; the decay is an L2 penalty.</summary>
    public static AdamCoefficients Adam(
        int step, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
    {
        Requires.AtLeast(nameof(AdamCoefficients), nameof(step), step, 1);
        return new(learningRate / (1 - Math.Pow(beta1, step)), beta1, beta2, Math.Sqrt(1 - Math.Pow(beta2, step)), epsilon, weightDecay);
    }

    /// <summary>AdamW (Loshchilov and Hutter 2019) at step <paramref name="step"/>, counted from 1; the decay acts on the parameter itself.</summary>
    public static AdamCoefficients AdamW(
        int step, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 1e-2) =>
        Adam(step, learningRate, beta1, beta2, epsilon) with { Shrink = 1 - (learningRate * weightDecay) };
}
