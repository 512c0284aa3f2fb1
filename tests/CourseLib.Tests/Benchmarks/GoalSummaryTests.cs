using CourseLib.Benchmarks.Comparing;

namespace CourseLib.Tests.Benchmarks;

/// <summary>What a page says of the goals: how many are met, and which are not and why.</summary>
public class GoalSummaryTests
{
    private static readonly Row Met = Row.Of("exp/16K", 1, "TensorPrimitives", [10], [20]) with { Goal = 2 };
    private static readonly Row Behind = Row.Of("gelu/1M", 1, "PyTorch, avx512", [10], [13]) with { Goal = 2 };
    private static readonly Row Unexplained = Row.Of("exp/1M", 2, "TensorPrimitives", [10], [19]) with { Goal = 2 };
    private static readonly Row NoGoal = Row.Of("gelu/1M", 1, "limit: copy", [10], [5]);
    private static readonly Row NoPeer = new("gelu/16K", 1, "PyTorch") { Missing = "not installed", Goal = 2 };

    [Fact]
    public void Rows_without_a_goal_or_a_ratio_count_for_nothing()
    {
        GoalSummary summary = new([Met, Behind, NoGoal, NoPeer]);
        Assert.Equal("1 of 2 goals met", summary.ToString());
        Assert.Equal([Behind], summary.Behind);
    }

    [Fact]
    public void A_goal_that_is_not_met_stands_there_with_what_is_known_of_it()
    {
        string[] lines = new GoalSummary([Met, Behind, Unexplained]).Markdown().Split('\n');
        Assert.Equal("1 of 3 goals met; not met:", lines[0]);
        Assert.StartsWith("| gelu/1M | 1 | 10.0 | PyTorch, avx512 | 13.0 | 1.30 | ", lines[4], StringComparison.Ordinal);
        Assert.Contains("not the same accuracy", lines[4], StringComparison.Ordinal);
        Assert.EndsWith("|  |", lines[5], StringComparison.Ordinal);
        Assert.Equal(6, lines.Length);
        Assert.All(lines[2..], line => Assert.Equal(lines[2].Count(letter => letter == '|'), line.Count(letter => letter == '|')));
    }

    [Fact]
    public void Where_all_are_met_there_is_no_table() => Assert.Equal("1 of 1 goals met.", new GoalSummary([Met]).Markdown());
}
