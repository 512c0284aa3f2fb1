using CourseLib.Analysis;

namespace CourseLib.Tests.Analysis;

public sealed class BasinsTests
{
    // (x² - 1)² + y²: minima at x = ±1, a saddle at x = 0.
    private static readonly FunctionObjective TwoValleys = FunctionObjective.OnPlane(
        (x, y) => (((x * x) - 1) * ((x * x) - 1)) + (y * y), (x, y) => (4 * x * ((x * x) - 1), 2 * y), minimizer: (1, 0));

    private static readonly double[][] Minima = [[-1, 0], [1, 0]];

    [Fact]
    public void Each_start_goes_to_the_minimum_of_its_side_and_the_ridge_to_none()
    {
        int[,] basins = Basins.Of(TwoValleys, [-1.5, -0.2, 0, 0.3], [-1, 2], Minima, rate: 0.05);

        Assert.Equal(new[,] { { 0, 0, -1, 1 }, { 0, 0, -1, 1 } }, basins);
    }

    [Fact]
    public void A_descent_that_runs_away_is_near_nothing() =>
        Assert.Equal(-1, Basins.Of(TwoValleys, [50], [0], Minima, rate: 1)[0, 0]);

    [Fact]
    public void Two_variables_are_asked_for()
    {
        FunctionObjective line = FunctionObjective.OnLine(x => x * x, x => 2 * x);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Basins.Of(line, [0], [0], Minima, 0.1));
        Assert.Contains("two variables", error.Message, StringComparison.Ordinal);
    }
}
