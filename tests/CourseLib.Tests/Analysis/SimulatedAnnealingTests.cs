using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

[Term("Simulated annealing")]
public class SimulatedAnnealingTests
{
    // Ripples on a parabola: a minimum of its own near every third of a unit.
    private static readonly FunctionObjective Rippled = FunctionObjective.OnLine(
        x => (x * x) + (2 * (1 - Math.Cos(3 * Math.PI * x))), x => (2 * x) + (6 * Math.PI * Math.Sin(3 * Math.PI * x)));

    [Fact]
    public void Warm_steps_leave_a_local_minimum_and_cold_ones_do_not()
    {
        int warm = Count(step => 6 * Math.Exp(-step / 2000.0)), cold = Count(_ => 0);
        Assert.True(warm >= 18, $"{warm} of 20 warm runs");
        Assert.True(cold <= 2, $"{cold} of 20 cold runs");
    }

    [Fact]
    public void A_cold_run_never_rises_and_the_best_point_is_the_best_value()
    {
        (double[] best, double[] values) = SimulatedAnnealing.Minimize(Rippled, [3], _ => 0, 500, 0.1, new Generator(1));
        Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
        Assert.Equal(values.Min(), Rippled.Value(best), 1e-12);
        Assert.Throws<ArgumentException>(() => SimulatedAnnealing.Minimize(Rippled, [3, 3], _ => 0, 5, 0.2, new Generator(1)));
    }

    private static int Count(Func<int, double> temperature) => Enumerable.Range(0, 20).Count(seed =>
        Math.Abs(SimulatedAnnealing.Minimize(Rippled, [3], temperature, 8000, 0.1, new Generator((ulong)seed)).Best[0]) < 0.1);
}
