using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

public class HyperparameterSearchTests
{
    private static readonly SearchAxis[] Axes = [new("rate", 1e-5, 1, logarithmic: true), new("dropout", 0, 0.8)];

    [Fact]
    [Term("Logarithmic scale")]
    public void Equal_ratios_are_equal_steps_on_a_logarithmic_axis()
    {
        Assert.Equal([1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1], Enumerable.Range(0, 6).Select(i => Axes[0].At(i / 5.0)), (a, b) => Math.Abs((a / b) - 1) < 1e-12);
        Assert.Equal([0, 0.4, 0.8], new[] { 0, 0.5, 1.0 }.Select(Axes[1].At), (a, b) => Math.Abs(a - b) < 1e-12);
        IReadOnlyList<SearchTrial> trials = HyperparameterSearch.Random(Axes, 4000, _ => 0, new Generator(1));
        int[] decades = [.. Enumerable.Range(0, 5).Select(i => trials.Count(trial => trial.Values[0] >= Math.Pow(10, i - 5) && trial.Values[0] < Math.Pow(10, i - 4)))];
        Assert.All(decades, count => Assert.InRange(count, 700, 900));
        Assert.InRange(HyperparameterSearch.Random([new("rate", 1e-5, 1)], 4000, _ => 0, new Generator(1)).Count(trial => trial.Values[0] < 0.1), 300, 500);
        Assert.Contains("0 < low < high for 'rate', got 0 and 1", Assert.Throws<ArgumentException>(() => new SearchAxis("rate", 0, 1, logarithmic: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Grid search")]
    public void A_grid_tries_every_combination()
    {
        IReadOnlyList<SearchTrial> trials = HyperparameterSearch.Grid(Axes, 3, values => values[0] + values[1]);
        Assert.Equal(9, trials.Count);
        Assert.Equal(9, trials.Select(trial => (Math.Round(trial.Values[0], 9), trial.Values[1])).Distinct().Count());
        Assert.All(Enumerable.Range(0, 2), axis => Assert.Equal(3, trials.Select(trial => Math.Round(trial.Values[axis], 9)).Distinct().Count()));
        Assert.Equal([1e-5, 0], HyperparameterSearch.Best(trials).Values, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(trials, trial => Assert.Equal(trial.Values.Sum(), trial.Score));
        Assert.Throws<ArgumentException>(() => HyperparameterSearch.Grid([], 3, _ => 0));
    }

    [Fact]
    [Term("Random search")]
    public void Where_one_axis_matters_random_search_finds_a_better_value_of_it()
    {
        // Bergstra and Bengio's picture: the score depends on the first axis alone, and nobody knows where on it the best place lies.
        double grid = 0, random = 0;
        for (int i = 0; i < 100; i++)
        {
            double best = -4.95 + (i * 0.05);
            double Score(IReadOnlyList<double> values) => Math.Abs(Math.Log10(values[0]) - best);
            grid += HyperparameterSearch.Best(HyperparameterSearch.Grid(Axes, 3, Score)).Score;
            random += HyperparameterSearch.Best(HyperparameterSearch.Random(Axes, 9, Score, new Generator((ulong)i))).Score;
        }

        Assert.True(random < 0.7 * grid, $"mean distance {random / 100} at random, {grid / 100} on the grid");

        // Where both matter alike and the best place lies on the grid, the grid is not worse: the advantage is not free.
        static double Both(IReadOnlyList<double> values) => Math.Abs(Math.Log10(values[0]) + 2.5) + Math.Abs(values[1] - 0.4);
        Assert.True(HyperparameterSearch.Best(HyperparameterSearch.Grid(Axes, 3, Both)).Score < 1e-9);
        IReadOnlyList<SearchTrial> trials = HyperparameterSearch.Random(Axes, 9, Both, new Generator(1));
        Assert.Equal(9, trials.Select(trial => trial.Values[0]).Distinct().Count());
        Assert.Equal(trials.Select(trial => trial.Score), HyperparameterSearch.Random(Axes, 9, Both, new Generator(1)).Select(trial => trial.Score));
    }

    [Fact]
    [Term("Random search")]
    public void A_diverged_trial_is_never_the_best()
    {
        Assert.Equal(2, HyperparameterSearch.Best([new([1], double.NaN), new([2], 2), new([3], double.PositiveInfinity)]).Score);
        Assert.Throws<ArgumentException>(() => HyperparameterSearch.Best([new([1], double.NaN)]));
    }
}
