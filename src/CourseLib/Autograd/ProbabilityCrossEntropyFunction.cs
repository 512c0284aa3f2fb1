namespace CourseLib.Autograd;

/// <summary>-t log p - (1 - t) log(1 - p), element by element, with logarithms not below -100; dL/dp = dL/dy (p - t) / (p (1 - p)), with the denominator not below 1e-12 (both as torch).</summary>
internal sealed class ProbabilityCrossEntropyFunction : TwoClassFunction<ProbabilityCrossEntropyFunction>, ITwoClassLoss
{
    private const double LeastLogarithm = -100;
    private const double LeastVariance = 1e-12;

    public static double Loss(double p, double t) => -(t * Logarithm(p)) - ((1 - t) * Logarithm(1 - p));

    public static double InputSlope(double p, double t) => (p - t) / Math.Max(p * (1 - p), LeastVariance);

    public static double TargetSlope(double p, double t) => Logarithm(1 - p) - Logarithm(p);

    private static double Logarithm(double p) => Math.Max(Math.Log(p), LeastLogarithm);
}
