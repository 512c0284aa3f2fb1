using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>The formulas of a loss of a number x and a target t.</summary>
internal interface ITwoClassLoss
{
    /// <summary>The loss.</summary>
    static abstract double Loss(double x, double t);

    /// <summary>Its derivative by x.</summary>
    static abstract double InputSlope(double x, double t);

    /// <summary>Its derivative by t.</summary>
    static abstract double TargetSlope(double x, double t);
}

/// <summary>What the two forms of binary cross-entropy share: element by element, in double precision.</summary>
/// <typeparam name="TSelf">The operation.</typeparam>
internal abstract class TwoClassFunction<TSelf> : Function
    where TSelf : TwoClassFunction<TSelf>, ITwoClassLoss, new()
{
    public override string Name => "BinaryCrossEntropy";

    internal static Tensor Apply(Tensor input, Tensor target)
    {
        Tensor y = Tensor.Empty(input.Shape);
        ReadOnlySpan<float> x = input.Span;
        ReadOnlySpan<float> t = target.Span;
        Span<float> losses = y.Span;
        for (int i = 0; i < x.Length; i++)
        {
            losses[i] = (float)TSelf.Loss(x[i], t[i]);
        }

        Record<TSelf>(y, input, target);
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
                dx[i] = (float)(dy[i] * TSelf.InputSlope(x[i], t[i])) + (accumulate ? dx[i] : 0);
            }
        }

        if (Needs(1))
        {
            Span<float> dt = Gradient(1, out bool accumulate);
            for (int i = 0; i < dt.Length; i++)
            {
                dt[i] = (float)(dy[i] * TSelf.TargetSlope(x[i], t[i])) + (accumulate ? dt[i] : 0);
            }
        }
    }
}
