namespace CourseLib.Initializers;

/// <summary>
/// Glorot's rule Var[w] = gain^2 2 / (fanIn + fanOut), for activations that are symmetric around 0 with slope 1 there
/// (Glorot and Bengio 2010; lecture init, "Инициализация: Xavier/Glorot"). Uniform: U[-sqrt(6 / (fanIn + fanOut)), +].
/// </summary>
/// <param name="distribution">Uniform (the lectures' form) or normal.</param>
/// <param name="gain">Factor for the nonlinearity: <see cref="Gain"/>; 1 for linear, 5/3 is torch's for tanh.</param>
public sealed class Xavier(Distribution distribution = Distribution.Uniform, double gain = 1) : VarianceRule(distribution)
{
    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => gain * gain * 2 / ((double)fanIn + fanOut);
}
