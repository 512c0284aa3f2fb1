using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Optimizers;

namespace CourseLib.Tests.Analysis;

public class OptimizerComparisonTests
{
    [Fact]
    public void Geometries_are_those_of_the_optimizers()
    {
        double[] g = [3, -4];
        Assert.Equal([1, 1], DiagonalGeometry.Plain()(g));
        Func<double[], double[]> adagrad = DiagonalGeometry.Root(1, 1, 0);
        Assert.Equal([3, 4], adagrad(g));
        Assert.Equal([Math.Sqrt(18), Math.Sqrt(32)], adagrad(g));
        Assert.Equal([3, 4], DiagonalGeometry.Root(0.999, 0.001, 0, biasCorrection: true)(g).Select(h => Math.Round(h, 9)));
        Assert.Equal([Math.Sqrt(10), Math.Sqrt(17)], DiagonalGeometry.Root(1, 1, 1, epsilonInsideRoot: true)(g));
        Func<double[], double[]> largest = DiagonalGeometry.Root(0.5, 0.5, 0, largest: true), mean = DiagonalGeometry.Root(0.5, 0.5, 0);
        double top = largest(g)[0], first = mean(g)[0];
        Assert.Equal(top, largest([0, 0])[0]);
        Assert.True(mean([0, 0])[0] < first);
    }

    [Fact]
    public void A_gradient_over_Adadeltas_geometry_is_its_step()
    {
        Func<double[], double[]> geometry = DiagonalGeometry.Adadelta(0.9, 1e-4);
        OptimizerPath hand = OptimizerPath.ByHand((t, i, g) => -g / geometry([g])[0], x => [x[0]], [2], 30);
        Assert.InRange(hand.Distance(OptimizerPath.Walk(p => new Adadelta(p, eps: 1e-4), x => [x[0]], [2], 30)), 0, 1e-5);
    }

    [Fact]
    public void A_sweep_knows_its_best_rate_and_the_width_of_its_valley()
    {
        // |log10 rate| is a valley around 1; e to that power is 10 at one decade from the middle.
        RateSweep sweep = RateSweep.Run([0.01, 0.1, 1, 10, 100], 3, (rate, seed) => Math.Pow(10, Math.Abs(Math.Log10(rate))) * (seed == 2 ? 1e6 : 1));
        Assert.Equal(1, sweep.BestRate);
        Assert.Equal([100, 10, 1, 10, 100], sweep.Medians.Select(m => Math.Round(m, 6)));
        Assert.Equal(1, sweep.BestMedian, 1e-9);
        Assert.Equal(10, sweep.MedianAt(0.12), 1e-6);
        Assert.Equal(2, sweep.Width(10), 1e-9);
        Assert.Equal(3, sweep.Width(Math.Pow(10, 1.5)), 1e-9);
        Assert.Equal(0, sweep.Width(0.5));
        Assert.Equal(3, Vectors.Median([5, 1, 3]));
        Assert.ThrowsAny<ArgumentException>(() => RateSweep.Run([1, 0.1], 1, (_, _) => 0));
        Assert.ThrowsAny<ArgumentException>(() => RateSweep.Run([1, 2], 0, (_, _) => 0));
    }

    [Fact]
    public void Coordinates_that_get_no_gradient_are_not_updated()
    {
        CoordinateRecord record = CoordinateRecord.Measure(p => new SGD(p, 0.1), (random, w) => [w[0] - 1, random.NextSingle() < 0.5 ? 0 : w[1] - 1], [1, 1], steps: 100, seeds: 5);
        Assert.Equal(100, record.Updates[0]);
        Assert.InRange(record.Updates[1], 35, 65);
        Assert.True(record.Error[0] < record.Error[1]);
        Assert.True(record.TotalError >= record.Error[1]);
        (double rate, CoordinateRecord best) = CoordinateRecord.AtBestRate([1e-4, 0.5], (p, r) => new SGD(p, r), (_, w) => [w[0] - 1], [1]);
        Assert.Equal(0.5, rate);
        Assert.InRange(best.Error[0], 0, 1e-6);
    }

    [Fact]
    public void Momentum_on_a_quadratic_is_as_fast_and_as_noisy_as_the_formulas_say()
    {
        double[] ball = QuadraticMomentum.Errors([1, 100], Math.Pow(2 / 11.0, 2), Math.Pow(9 / 11.0, 2), 1000);
        Assert.Equal(Math.Log(9 / 11.0), QuadraticMomentum.LogSlope(ball), 0.006);
        Assert.Equal(Math.Log(99 / 101.0), QuadraticMomentum.LogSlope(QuadraticMomentum.Errors([1, 100], 2 / 101.0, 0, 1000)), 1e-4);
        Assert.Equal(Math.Log(0.9), QuadraticMomentum.LogSlope(QuadraticMomentum.Errors([1, 100], 0.01, 9 / 11.0, 1000, ahead: 9 / 11.0)), 0.003);
        (double mean, double error) = QuadraticMomentum.Variance(0.1, 0.5, runs: 40);
        double theory = 0.1 * 1.5 / (0.5 * (3 - 0.1));
        Assert.InRange(Math.Abs(mean - theory) / error, 0, 4);
        Assert.True(Math.Abs(mean - 0.05) / error > 4);
        Assert.ThrowsAny<ArgumentException>(() => QuadraticMomentum.Variance(0.1, 0, runs: 1));
    }
}
