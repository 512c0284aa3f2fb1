namespace CourseLib.Analysis;

/// <summary>
/// The negative of the variational lower bound (вариационная нижняя оценка, ELBO) for a hidden z ~ N(0, 1) that is seen through x | z ~ N(z, 1), and a normal guess
/// q = N(m, s²) of the posterior: -ELBO(m, ln s) = E_q[ln q(z) - ln p(x, z)] = KL(q || p(z | x)) - ln p(x). A problem of stochastic optimisation whose
/// noise does not come from data (lecture cnn, "Стохастический градиентный спуск"; Kingma and Welling 2014).
/// </summary>
/// <remarks>
/// A sample writes z = m + s e with e ~ N(0, 1), so that the noise does not depend on the unknowns (reparametrisation). The lecture says that the ELBO
/// is minimised; a lower bound is maximised, and this negative is what is minimised.
/// </remarks>
/// <param name="x">What was observed.</param>
public sealed class GaussianElbo(double x) : StochasticObjective
{
    /// <inheritdoc/>
    public override int Dimension => 2;

    /// <summary>The true posterior N(x/2, 1/2), as m and ln s.</summary>
    public override IReadOnlyList<double> Minimizer => [x / 2, -Math.Log(2) / 2];

    /// <summary>ln p(x) for x ~ N(0, 2): what the ELBO never exceeds and reaches at the posterior.</summary>
    public double LogEvidence => (-Math.Log(4 * Math.PI) / 2) - (x * x / 4);

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> x)
    {
        (double m, double logS) = (x[0], x[1]);
        double seen = Observed - m;
        return (Math.Log(2 * Math.PI) / 2) - 0.5 + (((seen * seen) + (m * m)) / 2) + Math.Exp(2 * logS) - logS;
    }

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient[0] = (2 * x[0]) - Observed;
        gradient[1] = (2 * Math.Exp(2 * x[1])) - 1;
    }

    /// <inheritdoc/>
    public override void Sample(ReadOnlySpan<double> x, Span<double> gradient, NoiseSource noise)
    {
        double push = Math.Exp(x[1]) * noise.Normal();
        double slope = (2 * (x[0] + push)) - Observed;
        gradient[0] = slope;
        gradient[1] = (slope * push) - 1;
    }

    private double Observed => x;
}
