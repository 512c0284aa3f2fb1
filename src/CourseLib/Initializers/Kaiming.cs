namespace CourseLib.Initializers;

/// <summary>
/// He's rule Var[w] = gain^2 / fan with gain sqrt(2) for ReLU, which lets half of the second moment through
/// (He et al. 2015; lectures init, "Инициализация: Хе", and perc, "Инициализация Хе").
/// </summary>
/// <param name="distribution">Normal (the lectures' form) or uniform.</param>
/// <param name="mode">The fan to keep the variance for.</param>
/// <param name="slope">Slope of a leaky ReLU below 0: gain^2 = 2 / (1 + slope^2); 0 is ReLU.</param>
public sealed class Kaiming(Distribution distribution = Distribution.Normal, FanMode mode = FanMode.In, double slope = 0) : VarianceRule(distribution)
{
    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => 2 / (1 + (slope * slope)) / (mode == FanMode.In ? fanIn : fanOut);
}
