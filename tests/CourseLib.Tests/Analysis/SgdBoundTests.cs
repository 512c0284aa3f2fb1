using CourseLib.Analysis;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

public class SgdBoundTests
{
    [Fact]
    [Term("Convergence bound of SGD")]
    [Term("Region of uncertainty")]
    public void A_constant_rate_gives_the_closed_form()
    {
        double[] bounds = SgdBound.At([.. Enumerable.Repeat(0.1, 100)], 3, 2, [0, 9, 99]);
        Assert.Equal(SgdBound.Constant(0.1, 3, 2, 0), bounds[0], 1e-12);
        Assert.Equal((9 + (4 * 10 * 0.01)) / (2 * 10 * 0.1), bounds[1], 1e-12);
        Assert.Equal(SgdBound.Constant(0.1, 3, 2, 99), bounds[2], 1e-12);
    }

    [Fact]
    public void Rates_and_their_squares_are_summed() => Assert.Equal((1 + (4 * (0.25 + 0.0625))) / (2 * 0.75), SgdBound.At([0.5, 0.25], 1, 2, [1])[0], 1e-15);

    [Fact]
    public void The_best_constant_rate_is_where_the_bound_is_least()
    {
        double best = SgdBound.BestConstantRate(3, 2, 99);
        double least = SgdBound.Constant(best, 3, 2, 99);
        Assert.Equal(3 * 2 / 10.0, least, 1e-12);
        Assert.True(SgdBound.Constant(best * 1.01, 3, 2, 99) > least && SgdBound.Constant(best / 1.01, 3, 2, 99) > least);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [Term("Convergence bound of SGD")]
    public void The_absolute_value_reaches_the_bound(int points)
    {
        SgdRuns runs = SgdSimulation.Run(new NoisyNorm(1, 0), [points * 0.125], k => 0.125, points - 1, runs: 1);
        Assert.Equal(SgdBound.At(runs.Rates, runs.R, points > 1 ? runs.G : 1, runs.Steps)[^1], runs.MeanAveragedGap[^1], 1e-14);
    }

    [Fact]
    [Term("Convergence bound of SGD")]
    public void The_mean_gap_stays_below_it()
    {
        SgdRuns runs = SgdSimulation.Run(LogisticRegression.Generate(60, 3, l2: 0.1), [2, 2, 2], k => 1 / Math.Sqrt(k + 1), 300, runs: 40);
        Assert.All(runs.MeanAveragedGap.Zip(SgdBound.At(runs.Rates, runs.R, runs.G, runs.Steps)), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void Bad_steps_are_named()
    {
        Assert.Contains("below 3", Assert.Throws<ArgumentException>(() => SgdBound.At([1, 1, 1], 1, 1, [3])).Message);
        Assert.Contains("rising", Assert.Throws<ArgumentException>(() => SgdBound.At([1, 1, 1], 1, 1, [2, 0])).Message);
    }
}
