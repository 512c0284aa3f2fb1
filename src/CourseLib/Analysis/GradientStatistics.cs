using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>The stochastic gradient at one point, measured by many draws and compared with the exact gradient.</summary>
/// <param name="Exact">grad F.</param>
/// <param name="Mean">The mean of the draws.</param>
/// <param name="StandardErrors">The standard error of each coordinate of the mean.</param>
/// <param name="SecondMoment">E|g|², the mean of |g|² - what G² bounds.</param>
/// <param name="Variance">E|g - grad F|², summed over coordinates.</param>
/// <param name="Draws">How many draws.</param>
public sealed record GradientStatistics(double[] Exact, double[] Mean, double[] StandardErrors, double SecondMoment, double Variance, int Draws)
{
    /// <summary>(mean - exact) in standard errors, coordinate by coordinate: about normal with deviation 1 when the estimate is unbiased (несмещённая).</summary>
    public double[] BiasInErrors => [.. Mean.Select((mean, j) => StandardErrors[j] > 0 ? (mean - Exact[j]) / StandardErrors[j] : mean == Exact[j] ? 0 : double.PositiveInfinity)];

    /// <summary>Draws at a point.</summary>
    /// <param name="objective">The problem, with its mini-batch.</param>
    /// <param name="x">The point.</param>
    /// <param name="draws">How many, at least 2.</param>
    /// <param name="seed">The randomness.</param>
    public static GradientStatistics Measure(StochasticObjective objective, double[] x, int draws, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        double[] exact = objective.Gradient(x);
        NoiseSource noise = new(seed);
        double[] sample = new double[x.Length], sum = new double[x.Length], squares = new double[x.Length];
        double second = 0.0;
        for (int i = 0; i < draws; i++)
        {
            objective.Sample(x, sample, noise);
            second += Vectors.SquaredNorm(sample);
            for (int j = 0; j < x.Length; j++)
            {
                // About the exact gradient: nothing cancels where the noise is small beside it.
                sum[j] += sample[j] - exact[j];
                squares[j] += (sample[j] - exact[j]) * (sample[j] - exact[j]);
            }
        }

        double[] mean = [.. exact.Select((value, j) => value + (sum[j] / draws))];
        double[] errors = [.. sum.Select((total, j) => Math.Sqrt(Math.Max(0, squares[j] - (total * total / draws)) / (draws - 1) / draws))];
        return new GradientStatistics(exact, mean, errors, second / draws, squares.Sum() / draws, draws);
    }
}
