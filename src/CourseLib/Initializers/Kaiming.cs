namespace CourseLib.Initializers;

/// <summary>
/// He's rule Var[w] = gain^2 / fan with gain sqrt(2) for ReLU, which lets half of the second moment through
/// (He et al. 2015; lectures init, "Инициализация: Хе", and perc, "Инициализация Хе").
/// </summary>
/// <param name="distribution">Normal (the lectures' form) or uniform.</param>
/// <param name="mode">The fan to keep the variance for.</param>
/// <param name="slope">Slope of a leaky ReLU below 0: gain^2 = 2 / (1 + slope^2); 0 is ReLU.</param>
/// <param name="gain">Factor for another nonlinearity, in place of the slope's: <see cref="Gain"/>. 1 is LeCun's rule, 1/sqrt(3) with a uniform distribution torch's default.</param>
public sealed class Kaiming(Distribution distribution = Distribution.Normal, FanMode mode = FanMode.In, double slope = 0, double? gain = null) : VarianceRule(distribution)
{
    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => (gain is { } given ? given * given : 2 / (1 + (slope * slope))) / (mode == FanMode.In ? fanIn : fanOut);
}
