using CourseLib.Analysis;
using CourseLib.Optimizers.Descent;

namespace CourseLib.Tests.Analysis;

public sealed class RateEdgeTests
{
    [Fact]
    public void On_a_bowl_it_is_two_over_the_largest_curvature()
    {
        Quadratic bowl = Quadratic.WithSpectrum([1, 4, 10], 3);
        double[] best = [.. bowl.Minimizer];

        Assert.Equal(0.2, RateEdge.Measure(bowl, best, [best[0] + 1, best[1] + 1.1, best[2] + 1.2]), 1e-5);
    }

    [Fact]
    public void The_curvature_of_the_minimum_asked_for_decides()
    {
        // (x² - 1)² (2 + x): f'' is 24 at x = 1 and 8 at x = -1.
        FunctionObjective valleys = FunctionObjective.OnLine(x => ((x * x) - 1) * ((x * x) - 1) * (2 + x), x => (4 * x * ((x * x) - 1) * (2 + x)) + (((x * x) - 1) * ((x * x) - 1)));

        Assert.Equal(2 / 24.0, RateEdge.Measure(valleys, [1], [1.001]), 1e-3);
        Assert.Equal(2 / 8.0, RateEdge.Measure(valleys, [-1], [-1.001]), 1e-2);
        Assert.Equal(24, Spectrum.Eigenvalues(NumericHessian.Of(valleys, [1]))[0], 1e-6);
    }

    [Fact]
    public void Sizes_are_asked_for() =>
        Assert.Contains("minimizer", Assert.Throws<ArgumentException>(() => RateEdge.Measure(Quadratic.WithSpectrum([1, 2], 1), [0], [1, 1])).Message, StringComparison.Ordinal);
}
