using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers.Descent;

/// <summary>Steps that a search calls good satisfy the inequalities that the lecture prints; what cannot be searched is refused by name.</summary>
[Term("Line search")]
public class LineSearchTests
{
    private static readonly LinePoint Zero = new(0, 0, -1);

    [Fact]
    [Term("Armijo")]
    [Term("Wolfe conditions")]
    public void The_conditions_are_the_lectures_inequalities()
    {
        WolfeConditions conditions = new(0.1, 0.4);
        Assert.True(conditions.Armijo(Zero, new LinePoint(2, -0.2, 0)));
        Assert.False(conditions.Armijo(Zero, new LinePoint(2, -0.19, 0)));
        Assert.True(conditions.Curvature(Zero, new LinePoint(2, 0, 0.4)));
        Assert.False(conditions.Curvature(Zero, new LinePoint(2, 0, -0.41)));
        Assert.True(conditions.Strong(Zero, new LinePoint(2, -0.2, 0.4)));
        Assert.False(conditions.Strong(Zero, new LinePoint(2, -0.2, 0.5)));
        Assert.False(conditions.Armijo(Zero, new LinePoint(2, double.NaN, 0)));
        Assert.False(conditions.Curvature(Zero, new LinePoint(2, 0, double.NaN)));
    }

    /// <summary>Random sums of a parabola and waves, which have many minima: every accepted step is held against both inequalities, and the first step is short and long by turns.</summary>
    [Fact]
    [Term("Armijo")]
    [Term("Wolfe conditions")]
    public void Every_accepted_step_satisfies_what_it_must_on_random_functions()
    {
        Generator generator = new(11);
        StrongWolfe wolfe = new();
        WolfeConditions expected = new(1e-4, 0.9);
        ArmijoBacktracking armijo = new(c1: 0.3);
        int zoomed = 0;
        for (int trial = 0; trial < 500; trial++)
        {
            double a = 0.1 + generator.NextSingle();
            double w = 5 * generator.NextSingle();
            double c = generator.NextNormal();
            double shift = 1 + (4 * generator.NextSingle());
            (double, double) Phi(double t) => ((a * (t - shift) * (t - shift)) + (c * Math.Sin(w * t)), (2 * a * (t - shift)) + (c * w * Math.Cos(w * t)));
            if (Phi(0).Item2 >= 0)
            {
                continue;
            }

            double first = Math.Pow(10, (4 * generator.NextSingle()) - 2);
            LineSearchResult strong = wolfe.Search(Phi, first);
            Assert.True(strong.Succeeded);
            Assert.True(expected.Strong(strong.Start, strong.Accepted!.Value));
            Assert.Contains(strong.Accepted.Value, strong.Tried);
            Assert.Equal(Phi(strong.Accepted.Value.Step), (strong.Accepted.Value.Value, strong.Accepted.Value.Slope));
            zoomed += strong.Tried.Count > 3 ? 1 : 0;
            LineSearchResult low = armijo.Search(Phi, first);
            Assert.True(low.Succeeded && low.Accepted!.Value.Value <= low.Start.Value + (0.3 * low.Accepted.Value.Step * low.Start.Slope));
            Assert.All(low.Tried.SkipLast(1), point => Assert.False(point.Value <= low.Start.Value + (0.3 * point.Step * low.Start.Slope)));
        }

        Assert.True(zoomed > 50, $"only {zoomed} searches were hard");
    }

    [Fact]
    public void A_narrow_interval_is_found_from_both_sides()
    {
        // The slope must lose 99% and c1 is nearly a half: only a neighbourhood of 1 qualifies.
        StrongWolfe narrow = new(c1: 0.49, c2: 0.5);
        foreach (double first in new[] { 1e-3, 0.1, 1.5, 30, 1e4 })
        {
            LineSearchResult result = narrow.Search(t => ((t * t / 2) - t, t - 1), first);
            Assert.True(result.Succeeded);
            Assert.InRange(result.Accepted!.Value.Step, 0.5, 1.02);
        }
    }

    [Fact]
    public void Without_c1_below_c2_no_step_may_qualify()
    {
        // The example of the errata: phi = -0.05 a - 0.95 (1 - e^-a).
        WolfeConditions wrong = new(0.1, 0.01);
        WolfeConditions right = new(0.01, 0.1);
        LinePoint At(double t) => new(t, (-0.05 * t) - (0.95 * (1 - Math.Exp(-t))), -0.05 - (0.95 * Math.Exp(-t)));
        LinePoint[] grid = [.. Enumerable.Range(1, 4000).Select(i => At(0.01 * i))];
        Assert.DoesNotContain(grid, point => wrong.Strong(At(0), point));
        Assert.Contains(grid, point => right.Strong(At(0), point));
        Assert.Contains("c1 < c2", Assert.Throws<ArgumentOutOfRangeException>(() => new StrongWolfe(0.1, 0.01)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        StrongWolfe wolfe = new();
        Refused("StrongWolfe: expected a direction of descent", () => wolfe.Search(t => (t * t, 1)));
        Refused("StrongWolfe: expected a direction of descent", () => wolfe.Search(new Rosenbrock(), [-1.2, 1], new Rosenbrock().GradientAt([-1.2, 1])));
        Refused("ArmijoBacktracking: expected a finite value", () => new ArmijoBacktracking().Search(t => (double.NaN, -1)));
        Refused("StrongWolfe: expected a finite value and slope", () => wolfe.Search(t => (t, double.NegativeInfinity)));
        Refused("first step above 0, got 0", () => wolfe.Search(t => (-t, -1), 0));
        Refused("direction has 1 elements, expected 2", () => wolfe.Search(new Rosenbrock(), [1, 2], [1]));
        Refused("between 0 and 1", () => new ArmijoBacktracking(c1: 1.5));
        Refused("FixedStep", () => new FixedStep(0));

        static void Refused(string text, Action action) => Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_without_a_floor_is_given_up_with_its_reason()
    {
        LineSearchResult result = new StrongWolfe().Search(t => (-t, -1));
        Assert.False(result.Succeeded);
        Assert.Contains("still falls", result.Reason, StringComparison.Ordinal);
        Assert.Equal(result.Tried.Min(point => point.Value), result.Accepted!.Value.Value);
    }

    [Fact]
    public void An_objective_without_a_floor_never_takes_an_infinite_step()
    {
        // -e^x overflows along its own descent: the steps stay where the function is a number.
        Minimization run = new SteepestDescent().Minimize(FunctionObjective.OnLine(x => -Math.Exp(x), x => -Math.Exp(x)), [0], maxIterations: 50);
        Assert.NotEqual(DescentOutcome.GradientSmall, run.Outcome);
        Assert.All(run.Values, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void A_search_shows_its_steps()
    {
        Rosenbrock function = new();
        double[] direction = [-function.GradientAt(function.Start)[0], -function.GradientAt(function.Start)[1]];
        LineSearchResult result = new StrongWolfe().Search(function, function.Start, direction);
        Assert.All(result.Tried, point => Assert.Equal(point, LinePoint.On(function, function.Start, direction, point.Step)));
        Assert.Equal(result.Start, LinePoint.On(function, function.Start, direction, 0));
        Assert.Equal(result.Tried.Count + 2, result.ToHtml().Split("<tr>").Length - 1);
        Assert.Contains("accepted", result.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("after", new SteepestDescent().Minimize(function, function.Start, maxIterations: 2).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_out_of_the_domain_comes_back()
    {
        (double, double) Phi(double t) => (-Math.Log(1 - t) - (2 * t), (1 / (1 - t)) - 2); // NaN from 1 on, minimum at 1/2
        Assert.InRange(new ArmijoBacktracking().Search(Phi, 8).Accepted!.Value.Step, 0.01, 0.99);
        Assert.InRange(new StrongWolfe(c2: 0.1).Search(Phi, 8).Accepted!.Value.Step, 0.4, 0.6);
    }

    [Fact]
    public void A_wrong_slope_finds_no_lower_point()
    {
        LineSearchResult result = new ArmijoBacktracking().Search(t => (t, -1));
        Assert.Null(result.Accepted);
        Assert.Equal(60, result.Tried.Count);
        Assert.Null(new StrongWolfe().Search(t => (t, -1)).Accepted);
    }

    [Fact]
    public void The_exact_search_ends_at_the_bottom_of_a_parabola()
    {
        LineSearchResult result = new ExactForQuadratics().Search(t => ((2 * t * t) - (3 * t), (4 * t) - 3));
        Assert.Equal(0.75, result.Accepted!.Value.Step, 1e-15);
        Assert.Equal(0, result.Accepted.Value.Slope, 1e-15);
        Assert.False(new ExactForQuadratics().Search(t => (-t * t, (-2 * t) - 1)).Succeeded);
    }
}
