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
        string[] faults = [.. grader.Misconceptions.Select((_, index) => FaultOf(grader, index)).Where(fault => fault.Length > 0)];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Ideas_that_coincide_are_named_both_with_what_to_do()
    {
        Grader grader = new Grader<Func<double, double>>("test.square", "01-test", Level.Easy, "the square of a number", reference: x => x * x)
        {
            Cases = [new("two", answer => answer(2)), new("one", answer => answer(1))],
            Ideas =
            [
                new("the cube", x => x * x * x, "…"), new("twice the number", x => x + x, "…"), new("four times the cube over four", x => 4 * x * x * x / 4, "…"),
                new("a square that throws", x => throw new InvalidOperationException("no"), "…"), new("no hint", x => -x, ""), new("the square, written twice", x => x * x, "…"),
            ],
            Alternatives = [x => Math.Pow(x, 2)],
            Hints = ["…", "…"],
        };
        Assert.Equal(
        [
            "",
            "",
            "the wrong ideas \"four times the cube over four\" and \"the cube\" give the same numbers in every case, so an answer of the one gets the other's hint: add a case in which they differ, or leave one of them out",
            "the wrong idea \"a square that throws\" gives no numbers in the case \"two\" (your code threw InvalidOperationException: no): a wrong idea has to give numbers where it is rejected; put a case that it can answer before this one",
            "the wrong idea \"no hint\" has no hint",
            "the wrong idea \"the square, written twice\" gives the reference's numbers in every case, so it counts as solved: add a case in which it differs from the reference, or make it an alternative",
        ],
        Enumerable.Range(0, 6).Select(index => FaultOf(grader, index)));
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

    // What is wrong with an idea of the bank, and what its author can do; empty where it is rejected by its own name.
    private static string FaultOf(Grader grader, int index)
    {
        (string misconception, Verdict verdict) = (grader.Misconceptions[index], grader.GradeIdea(index));
        return verdict switch
        {
            { State: ExerciseState.Solved } => $"the wrong idea \"{misconception}\" gives the reference's numbers in every case, so it counts as solved: add a case in which it differs from the reference, or make it an alternative",
            { State: not ExerciseState.Wrong } => $"the wrong idea \"{misconception}\" gives no numbers in the case \"{verdict.Failed}\" ({verdict.Problem}): a wrong idea has to give numbers where it is rejected; put a case that it can answer before this one",
            _ when verdict.Misconception != misconception => $"the wrong ideas \"{misconception}\" and \"{verdict.Misconception}\" give the same numbers in every case, so an answer of the one gets the other's hint: add a case in which they differ, or leave one of them out",
            { Hint: "" } => $"the wrong idea \"{misconception}\" has no hint",
            _ => "",
        };
    }

    private static Grader Of(string id) => Catalog.Find("Test", id);
}
