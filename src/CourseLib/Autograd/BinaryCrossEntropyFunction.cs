using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The sum over elements of -t log s(x) - (1 - t) log(1 - s(x)) with s the sigmoid, from the logit x; dL/dx = s(x) - t.</summary>
/// <remarks>Written as max(x, 0) - x t + log(1 + e^-|x|), nothing overflows and no digit is lost at large |x|, where the naive form gives infinity or NaN.</remarks>
internal sealed class BinaryCrossEntropyFunction : Function
{
    public override string Name => "BinaryCrossEntropy";

    internal static Tensor Apply(Tensor logits, Tensor target)
    {
        ReadOnlySpan<float> x = logits.Span;
        ReadOnlySpan<float> t = target.Span;
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            // Max lets a NaN through, so that it is seen.
            sum += Math.Max(x[i], 0.0) - ((double)x[i] * t[i]) + Math.Log(1 + Math.Exp(-Math.Abs((double)x[i])));
        }

        Tensor y = Tensor.Scalar((float)sum);
        Record<BinaryCrossEntropyFunction>(y, logits, target);
        return y;
    }

    protected override void Backward(ReadOnlySpan<float> dy)
    {
        ReadOnlySpan<float> x = Input(0).Span;
        ReadOnlySpan<float> t = Input(1).Span;
        if (Needs(0))
        {
            Span<float> dx = Gradient(0, out bool accumulate);
            for (int i = 0; i < dx.Length; i++)
            {
                double sigmoid = 1 / (1 + Math.Exp(-(double)x[i]));
                dx[i] = (float)(dy[0] * (sigmoid - t[i])) + (accumulate ? dx[i] : 0);
            }
        }

        if (Needs(1))
        {
            Span<float> dt = Gradient(1, out bool accumulate);
            for (int i = 0; i < dt.Length; i++)
            {
                dt[i] = (-dy[0] * x[i]) + (accumulate ? dt[i] : 0);
            }
        }
    }
}
