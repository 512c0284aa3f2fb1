using CourseLib.Course;
using CourseLib.Course.Exercises;
using CourseLib.Course.Grading;
using CourseLib.Kernels;

namespace CourseLib.Tests.Course;

/// <summary>Every grader of the course: wrong answers are rejected with their own hint, right ones pass, whatever way they are written.</summary>
public class ExerciseBankTests
{
    private const int Perturbations = 40;

    public static TheoryData<string> Ids => [.. Exercise.All];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Right_answers_pass(string id)
    {
        Verdict[] verdicts = [.. Of(id).GradeRight()];
        Assert.True(verdicts.Length >= 2, "expected the reference and at least one right answer that is written differently");
        Assert.All(verdicts, verdict => Assert.True(verdict.State == ExerciseState.Solved, $"{verdict.Failed}: {verdict.Problem}"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_wrong_idea_is_rejected_by_its_name(string id)
    {
        Grader grader = Of(id);
        Assert.True(grader.Misconceptions.Count >= 4, $"expected at least four wrong ideas, got {grader.Misconceptions.Count}");
        Assert.Equal(grader.Misconceptions, grader.Misconceptions.Distinct());
        foreach ((int index, string misconception) in grader.Misconceptions.Index())
        {
            Verdict verdict = grader.GradeIdea(index);
            Assert.True(verdict.State == ExerciseState.Wrong, $"{misconception}: {verdict.State} {verdict.Problem}");
            Assert.Equal(misconception, verdict.Misconception);
            Assert.NotEmpty(verdict.Hint);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Random_perturbations_of_the_right_answer_are_rejected(string id)
    {
        Generator generator = new(7);
        Grader grader = Of(id);
        for (int number = 0; number < grader.CaseCount; number++)
        {
            for (int i = 0; i < Perturbations; i++)
            {
                Assert.True(grader.NoticesChange(number, generator) is not false, $"case {number + 1}, perturbation {i + 1} is not noticed");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Help_comes_in_three_steps_and_the_last_is_the_solution(string id)
    {
        ExerciseHint[] hints = [.. Enumerable.Range(1, 3).Select(step => Exercise.Hint(id, step))];
        Assert.All(hints, hint => Assert.Equal(3, hint.Steps));
        Assert.All(hints, hint => Assert.NotEmpty(hint.Text));
        Assert.Equal(["", ""], hints.Take(2).Select(hint => hint.Code));
        Assert.NotEmpty(hints[2].Code);
    }

    private static Grader Of(string id) => Catalog.Find("Test", id);
}
