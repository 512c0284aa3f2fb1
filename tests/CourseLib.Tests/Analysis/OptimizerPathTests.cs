using CourseLib.Analysis;
using CourseLib.Optimizers;
using CourseLib.Schedules;

namespace CourseLib.Tests.Analysis;

public class OptimizerPathTests
{
    private static double[] Slope(double[] x) => [x[0], 4 * x[1]];

    [Fact]
    public void Gradient_descent_shrinks_each_coordinate_by_its_factor()
    {
        OptimizerPath path = OptimizerPath.Walk(p => new SGD(p, 0.1), Slope, [1, -2], 20);
        Assert.Equal(20, path.Steps);
        Assert.Equal([1, -2], path.Points[0]);
        Assert.Equal(Math.Pow(0.9, 20), path.End[0], 1e-6);
        Assert.Equal(-2 * Math.Pow(0.6, 20), path.Coordinate(1)[^1], 1e-6);
    }

    [Fact]
    public void Each_step_has_its_rate()
    {
        double[] rates = [0.5, 0.25, 0];
        OptimizerPath path = OptimizerPath.Walk(p => new SGD(p, 1), Slope, [1, 0], 3, new Schedule(k => rates[k]));
        Assert.Equal([1, 0.5, 0.375, 0.375], path.Coordinate(0));
    }

    [Fact]
    public void The_gradient_is_asked_once_for_each_step_at_the_point_where_it_stands()
    {
        List<double> asked = [];
        OptimizerPath path = OptimizerPath.Walk(p => new Adam(p, 0.1), x => { asked.Add(x[0]); x[0] = 99; return [1]; }, [3], 5);
        Assert.Equal(path.Coordinate(0)[..5], asked);
    }

    [Fact]
    public void A_projection_holds_after_every_step_and_the_next_one_starts_from_there()
    {
        OptimizerPath path = OptimizerPath.Walk(p => new SGD(p, 1), _ => [0.75, -0.25], [1, 0], 4, project: x => Math.Clamp(x, -1, 1));
        Assert.Equal([1, 0.25, -0.5, -1, -1], path.Coordinate(0));
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], path.Coordinate(1));
    }

    [Fact]
    public void A_gradient_of_another_length_is_an_error()
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => OptimizerPath.Walk(p => new SGD(p, 1), _ => [1], [1, 2], 1));
        Assert.Contains("gradient", error.Message);
        Assert.ThrowsAny<ArgumentException>(() => OptimizerPath.Walk(p => new SGD(p, 1), Slope, [], 1));
    }

    [Fact]
    public void A_formula_by_hand_walks_as_the_optimizer_does()
    {
        double[] velocity = new double[2];
        OptimizerPath hand = OptimizerPath.ByHand((t, i, g) => velocity[i] = (0.9 * velocity[i]) - (0.01 * g), Slope, [1, -2], 30);
        OptimizerPath library = OptimizerPath.Walk(p => new SGD(p, 0.01, momentum: 0.9), Slope, [1, -2], 30);
        Assert.InRange(hand.Distance(library), 0, 1e-6);
        Assert.True(hand.Distance(OptimizerPath.Walk(p => new SGD(p, 0.01), Slope, [1, -2], 30)) > 0.1);
    }

    [Fact]
    public void Steps_are_counted_from_one_and_lengths_are_positive()
    {
        OptimizerPath path = OptimizerPath.ByHand((t, i, g) => -t, _ => [0], [0], 4);
        Assert.Equal([0, -1, -3, -6, -10], path.Coordinate(0));
        Assert.Equal([1, 2, 3, 4], path.StepLengths(0));
    }

    [Fact]
    public void Distances_need_ways_of_one_length_and_keep_NaN()
    {
        OptimizerPath one = new([[0], [1]]);
        Assert.True(double.IsNaN(one.Distance(new OptimizerPath([[0], [double.NaN]]))));
        Assert.ThrowsAny<ArgumentException>(() => one.Distance(new OptimizerPath([[0]])));
        Assert.ThrowsAny<ArgumentException>(() => one.Distance(new OptimizerPath([[0, 0], [1, 1]])));
        Assert.ThrowsAny<ArgumentException>(() => OptimizerPath.ByHand((t, i, g) => 0, _ => [1], [1, 2], 1));
    }
}
