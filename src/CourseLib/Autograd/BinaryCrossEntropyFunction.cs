using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>-t log s(x) - (1 - t) log(1 - s(x)), element by element, with s the sigmoid, from the logit x; dL/dx = dL/dy (s(x) - t).</summary>
/// <remarks>Written as max(x, 0) - x t + log(1 + e^-|x|), nothing overflows and no digit is lost at large |x|, where the naive form gives infinity or NaN.</remarks>
internal sealed class BinaryCrossEntropyFunction : Function
{
    public override string Name => "BinaryCrossEntropy";

    internal static Tensor Apply(Tensor logits, Tensor target)
    {
        Tensor y = Tensor.Empty(logits.Shape);
        ReadOnlySpan<float> x = logits.Span;
        ReadOnlySpan<float> t = target.Span;
        Span<float> losses = y.Span;
        for (int i = 0; i < x.Length; i++)
        {
            // Max lets a NaN through, so that it is seen.
            losses[i] = (float)(Math.Max(x[i], 0.0) - ((double)x[i] * t[i]) + Math.Log(1 + Math.Exp(-Math.Abs((double)x[i]))));
        }

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
                dx[i] = (float)(dy[i] * (sigmoid - t[i])) + (accumulate ? dx[i] : 0);
            }
        }

        if (Needs(1))
        {
            Span<float> dt = Gradient(1, out bool accumulate);
            for (int i = 0; i < dt.Length; i++)
            {
                dt[i] = (-dy[i] * x[i]) + (accumulate ? dt[i] : 0);
            }
        }
    }
}
