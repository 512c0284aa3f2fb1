using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>-t log p - (1 - t) log(1 - p), element by element, with logarithms not below -100; dL/dp = dL/dy (p - t) / (p (1 - p)), with the denominator not below 1e-12 (both as torch).</summary>
internal sealed class ProbabilityCrossEntropyFunction : Function
{
    private const double LeastLogarithm = -100;
    private const float LeastVariance = 1e-12f;

    public override string Name => "BinaryCrossEntropy";

    internal static Tensor Apply(Tensor probabilities, Tensor target)
    {
        Tensor y = Tensor.Empty(probabilities.Shape);
        ReadOnlySpan<float> p = probabilities.Span;
        ReadOnlySpan<float> t = target.Span;
        Span<float> losses = y.Span;
        for (int i = 0; i < p.Length; i++)
        {
            losses[i] = (float)(-(t[i] * Logarithm(p[i])) - ((1 - (double)t[i]) * Logarithm(1 - (double)p[i])));
        }

        Record<ProbabilityCrossEntropyFunction>(y, probabilities, target);
        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        ReadOnlySpan<float> p = Input(0).Span;
        ReadOnlySpan<float> t = Input(1).Span;
        if (Needs(0))
        {
            Span<float> dp = Gradient(0, out bool accumulate);
            for (int i = 0; i < dp.Length; i++)
            {
                float variance = MathF.Max(p[i] * (1 - p[i]), LeastVariance);
                dp[i] = (dy[i] * ((p[i] - t[i]) / variance)) + (accumulate ? dp[i] : 0);
            }
        }

        if (Needs(1))
        {
            Span<float> dt = Gradient(1, out bool accumulate);
            for (int i = 0; i < dt.Length; i++)
            {
                dt[i] = (float)(dy[i] * (Logarithm(1 - (double)p[i]) - Logarithm(p[i]))) + (accumulate ? dt[i] : 0);
            }
        }
    }

    private static double Logarithm(double p) => Math.Max(Math.Log(p), LeastLogarithm);
}
