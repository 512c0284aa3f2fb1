using CourseLib.Course;
using CourseLib.Tensors;

namespace CourseLib.Tests.Course;

/// <summary>What a learner sees, whatever the code does.</summary>
public class ExerciseTests
{
    [Fact]
    public void A_right_answer_is_solved()
    {
        ExerciseResult result = Exercise.Check("bn.forward", Right);
        Assert.True(result.IsSolved, $"{result}");
        Assert.Equal(3, result.Passed.Count);
        Assert.Contains("data-exercise=\"bn.forward\" data-state=\"Solved\" data-passed=\"3\"", result.ToHtml());
    }

    [Fact]
    public void An_untouched_stub_is_not_done_yet()
    {
        ExerciseResult result = Exercise.Check("bn.forward", (Tensor x, Tensor gamma, Tensor beta, double epsilon) => Stub());
        Assert.Equal(ExerciseState.NotDone, result.State);
        Assert.Equal("bn.forward: not done yet", $"{result}");
        Assert.Equal(ExerciseState.NotDone, Exercise.Check("bn.forward", null).State);
    }

    [Fact]
    public void A_wrong_answer_is_told_where_and_why()
    {
        ExerciseResult result = Exercise.Check("bn.forward", (Tensor x, Tensor gamma, Tensor beta, double epsilon) => Right(x, gamma, beta, 0));
        Assert.Equal(ExerciseState.Wrong, result.State);
        Assert.Equal(2, result.Passed.Count);
        Assert.StartsWith("an epsilon that matters: at [0, 0] expected ", result.Problem);
        Assert.Equal("forgotten epsilon", result.Misconception);
    }

    [Fact]
    public void Numbers_with_a_pattern_are_told_the_pattern() =>
        Assert.Equal("Look at the numbers: every number is 2 times the expected one.", Exercise.Check("bn.forward", (Tensor x, Tensor gamma, Tensor beta, double epsilon) => Right(x, gamma, beta, epsilon) * 2).Hint);

    [Fact]
    public void Another_shape_is_named() =>
        Assert.Contains("expected shape [8, 3], got shape [3, 8]", Exercise.Check("bn.forward", (Tensor x, Tensor gamma, Tensor beta, double epsilon) => Right(x, gamma, beta, epsilon).Transpose()).Problem);

    [Fact]
    public void NaN_is_counted() =>
        Assert.Contains("24 of 24 numbers are NaN or infinite", Exercise.Check("bn.forward", (Tensor x, Tensor gamma, Tensor beta, double epsilon) => Right(x, gamma, beta, epsilon) * double.NaN).Hint);

    [Fact]
    public void What_throws_is_quoted() =>
        Assert.Contains("your code threw InvalidOperationException: no good", Exercise.Check("bn.forward", (Tensor x, Tensor gamma, Tensor beta, double epsilon) => Throw()).Problem);

    [Fact]
    public void A_method_of_another_kind_is_told_which_was_expected()
    {
        ExerciseResult result = Exercise.Check("bn.forward", (Tensor x, int n) => 2.0);
        Assert.Equal(ExerciseState.Broken, result.State);
        Assert.Contains("→ Tensor, got a method (Tensor x, int n) → double", result.Problem);
        Assert.Contains("got a int", Exercise.Check("bn.forward", (object)3).Problem);
    }

    [Fact]
    public void Hints_come_one_after_the_other()
    {
        Assert.Equal([1, 2, 3, 3], Enumerable.Range(0, 4).Select(_ => Exercise.Hint("bn.forward").Step));
        Assert.Contains("there is no exercise \"bn.none\"; there are bn.forward", Assert.Throws<ArgumentException>(() => Exercise.Hint("bn.none")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Exercise.Hint("bn.forward", 4));
    }

    private static Tensor Right(Tensor x, Tensor gamma, Tensor beta, double epsilon) => (gamma * (x - x.Mean(0)) / ((x - x.Mean(0)).Square().Mean(0) + epsilon).Sqrt()) + beta;

    private static Tensor Stub() => throw new NotDoneYetException();

    private static Tensor Throw() => throw new InvalidOperationException("no good");
}
