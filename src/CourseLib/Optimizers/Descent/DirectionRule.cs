using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>What makes one descent method different from another: the direction, and what is remembered from step to step.</summary>
internal abstract class DirectionRule
{
    /// <summary>Finds the direction to go in from a point.</summary>
    internal abstract void Find(IObjective objective, double[] x, double[] gradient, double[] direction);

    /// <summary>Hears of a step that was taken.</summary>
    /// <param name="step">s = x_(k+1) - x_k.</param>
    /// <param name="change">y = g_(k+1) - g_k.</param>
    internal virtual void Learn(double[] step, double[] change)
    {
    }

    /// <summary>The step that a line search tries first.</summary>
    /// <param name="gradient">g_k.</param>
    /// <param name="slope">g_k·p_k.</param>
    /// <param name="lastFall">f_(k-1) - f_k; NaN at the first step.</param>
    internal abstract double InitialStep(double[] gradient, double slope, double lastFall);

    /// <summary>Forgets what was remembered.</summary>
    /// <returns>Whether there was anything, so that another direction may be hoped for.</returns>
    internal virtual bool Forget() => false;

    /// <summary>For directions without a natural length: at first a step of length 1 at most, later the one that would repeat the last fall (Nocedal and Wright, 3.60).</summary>
    private protected static double FromLastFall(double[] gradient, double slope, double lastFall)
    {
        double step = double.IsNaN(lastFall) || !(lastFall > 0) ? 1 / Vectors.Norm(gradient) : -2 * lastFall / slope;
        return step > 0 && double.IsFinite(step) ? step : 1;
    }
}
