namespace CourseLib.Autograd;

/// <summary>-t log s(x) - (1 - t) log(1 - s(x)), element by element, with s the sigmoid, from the logit x; dL/dx = dL/dy (s(x) - t).</summary>
/// <remarks>Written as max(x, 0) - x t + log(1 + e^-|x|), nothing overflows and no digit is lost at large |x|, where the naive form gives infinity or NaN.</remarks>
internal sealed class BinaryCrossEntropyFunction : TwoClassFunction<BinaryCrossEntropyFunction>, ITwoClassLoss
{
    // Max lets a NaN through, so that it is seen.
    public static double Loss(double x, double t) => Math.Max(x, 0) - (x * t) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    public static double InputSlope(double x, double t) => (1 / (1 + Math.Exp(-x))) - t;

    public static double TargetSlope(double x, double t) => -x;
}
