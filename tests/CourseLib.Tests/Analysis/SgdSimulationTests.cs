using CourseLib.Analysis;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

public class SgdSimulationTests
{
    [Fact]
    [Term("Gradient descent")]
    public void Without_noise_it_is_gradient_descent()
    {
        SgdRuns runs = SgdSimulation.Run(new NoisyQuadratic([1, 0.5], 0), [2, 4], k => 0.5, 3, runs: 2, record: [0, 1, 3]);
        // x: (2, 4), (1, 3), (0.5, 2.25), (0.25, 1.6875)
        Assert.Equal([0, 1, 3], runs.Steps);
        Assert.Equal([6, 2.75, ((0.25 * 0.25) + (0.5 * 1.6875 * 1.6875)) / 2], runs.MeanGap);
        Assert.Equal([20, 10, (0.25 * 0.25) + (1.6875 * 1.6875)], runs.MeanSquaredDistance);
        Assert.Equal(((1.5 * 1.5) + (0.5 * 3.5 * 3.5)) / 2, runs.MeanAveragedGap[1], 1e-14);
        Assert.Equal([8, 3.25, (0.5 * 0.5) + (1.125 * 1.125)], runs.SecondMoments);
        Assert.Equal((Math.Sqrt(20), Math.Sqrt(8)), (runs.R, runs.G));
        Assert.Equal([0.25, 1.6875], runs.Ends[1]);
    }

    [Fact]
    [Term("Averaged iterate")]
    public void The_average_is_weighted_by_the_rates()
    {
        SgdPath path = SgdSimulation.Path(new NoisyQuadratic([1], 0), [1], k => k == 0 ? 0.75 : 0.25, 2);
        // x: 1, 0.25, 0.1875
        Assert.Equal(0.1875, path.Points[2][0]);
        Assert.Equal(((0.75 * 1) + (0.25 * 0.25)) / 1, path.Average(1)[0], 1e-15);
        Assert.Equal([1, 0.25], path.Gradients.Select(g => g[0]));
        SgdRuns runs = SgdSimulation.Run(new NoisyQuadratic([1], 0), [1], k => k == 0 ? 0.75 : 0.25, 2, runs: 1, record: [1]);
        Assert.Equal(Math.Pow(path.Average(1)[0], 2) / 2, runs.MeanAveragedGap[0], 1e-15);
    }

    [Fact]
    [Term("Region of uncertainty")]
    public void A_constant_rate_ends_at_the_stationary_distance()
    {
        const double Rate = 0.2;
        SgdRuns runs = SgdSimulation.Run(new NoisyQuadratic([1], 1), [0], k => Rate, 4000, runs: 20, record: Enumerable.Range(0, 401).Select(i => 10 * i));
        Assert.Equal(Rate / (2 - Rate), 2 * runs.Plateau(200).Average(), 0.05 * Rate / (2 - Rate));
    }

    [Fact]
    public void Runs_differ_from_each_other()
    {
        SgdRuns runs = SgdSimulation.Run(new NoisyNorm(2, 1), [1, 1], k => 0.1, 10, runs: 50);
        Assert.Equal(50, runs.Ends.Select(end => end[0]).Distinct().Count());
    }

    [Fact]
    public void Logarithmic_steps_rise_from_0_to_the_last()
    {
        int[] steps = SgdSimulation.LogSteps(1000, perDecade: 10);
        Assert.Equal((0, 1, 1000), (steps[0], steps[1], steps[^1]));
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.Equal(10, steps.Count(k => k is >= 100 and < 1000));
        Assert.Equal([0], SgdSimulation.LogSteps(0));
        Assert.Equal([0, 1], SgdSimulation.LogSteps(1));
    }

    [Fact]
    public void Bad_input_is_named()
    {
        NoisyNorm objective = new(2, 0);
        Assert.Contains("2 coordinates, got 1", Assert.Throws<ArgumentException>(() => SgdSimulation.Run(objective, [1], k => 1, 1)).Message);
        Assert.Contains("NaN at step 2", Assert.Throws<ArgumentException>(() => SgdSimulation.Run(objective, [1, 1], k => k == 2 ? double.NaN : 1, 5)).Message);
        Assert.Contains("rising steps from 0 to 5", Assert.Throws<ArgumentException>(() => SgdSimulation.Run(objective, [1, 1], k => 1, 5, record: [6])).Message);
        Assert.Contains("rising steps", Assert.Throws<ArgumentException>(() => SgdSimulation.Run(objective, [1, 1], k => 1, 5, record: [2, 2])).Message);
        Assert.Contains("last one is 5", Assert.Throws<ArgumentException>(() => SgdSimulation.Run(objective, [1, 1], k => 1, 5).Plateau(6)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => SgdSimulation.Path(objective, [1, 1], k => 1, 2).Average(2));
    }
}
