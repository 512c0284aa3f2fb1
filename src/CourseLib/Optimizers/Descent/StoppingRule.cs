namespace CourseLib.Optimizers.Descent;

/// <summary>
/// When a descent is over (lecture cnn, "Градиентный спуск"): |grad f(x_k)|² ≤ eps, or |grad f(x_k)|² ≤ eps |grad f(x_0)|². The square, because near a minimum it is the squared norm that
/// measures the gap: 2 mu (f - f*) ≤ |grad f|² ≤ 2 L (f - f*) for curvatures from mu to L.
/// </summary>
/// <param name="Absolute">eps of the first rule. In double precision line searches on an f of size 1 come down to about 1e-15.</param>
/// <param name="Relative">eps of the second.</param>
public sealed record StoppingRule(double Absolute = 1e-12, double Relative = 0)
{
    /// <summary>Whether either rule holds.</summary>
    /// <param name="squaredNorm">|grad f(x_k)|².</param>
    /// <param name="squaredNormAtStart">|grad f(x_0)|².</param>
    public bool IsMet(double squaredNorm, double squaredNormAtStart) => squaredNorm <= Absolute || squaredNorm <= Relative * squaredNormAtStart;
}
