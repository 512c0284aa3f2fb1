using System.Runtime.CompilerServices;
using CourseLib.Kernels;

namespace CourseLib.Course.Grading;

/// <summary>An exercise whose answer is a method; a plain value stands for a method without parameters that returns it.</summary>
/// <typeparam name="T">The delegate that answers it.</typeparam>
/// <param name="id">Its name.</param>
/// <param name="notebook">The lecture notebook that it belongs to.</param>
/// <param name="level">How hard it is.</param>
/// <param name="title">What is asked, in a few words.</param>
/// <param name="reference">A right answer; its source is the solution that the last hint shows.</param>
/// <param name="solution">Filled in by the compiler.</param>
internal sealed class Grader<T>(
    string id, string notebook, Level level, string title, T reference, [CallerArgumentExpression(nameof(reference))] string solution = "")
    : Grader(id, notebook, level, title, solution) where T : Delegate
{
    private Known<T>? expected;

    private IReadOnlyList<Known<T>>? wrong;

    /// <summary>What is asked of an answer, the simplest case first.</summary>
    public required IReadOnlyList<Case<T>> Cases { get; init; }

    /// <summary>The bank of wrong answers, at least four.</summary>
    public required IReadOnlyList<Idea<T>> Ideas { get; init; }

    /// <summary>Right answers written differently, at least one.</summary>
    public required IReadOnlyList<T> Alternatives { get; init; }

    public override Type AnswerType => typeof(T);

    public override int CaseCount => Cases.Count;

    public override IReadOnlyList<string> Misconceptions => [.. Ideas.Select(idea => idea.Misconception)];

    // Reference and ideas are asked when somebody's answer has to be held against them, not when the exercises are listed; each case once.
    private Known<T> Expected => expected ??= new(reference, Cases);

    private IReadOnlyList<Known<T>> Wrong => wrong ??= [.. Ideas.Select(idea => new Known<T>(idea.Answer, Cases))];

    public override Verdict Grade(object? answer, Limits? limits = null)
    {
        if (answer is null)
        {
            return new(ExerciseState.NotDone, []);
        }

        return Answers.As<T>(answer) is { } method
            ? Judge(number => Attempt.Run(() => Cases[number].Ask(method), limits ?? Limits.Usual))
            : new(ExerciseState.Broken, [], "the kind of answer", Answers.Mismatch<T>(answer));
    }

    public override Verdict GradeIdea(int index) => Judge(Wrong[index].Outcome);

    public override IEnumerable<Verdict> GradeRight() => Alternatives.Prepend(reference).Select(answer => Judge(number => Cases[number].Ask(answer)));

    public override bool? NoticesChange(int number, Generator generator)
    {
        Case<T> question = Cases[number];
        Outcome right = Expected.Outcome(number);
        return question.IsExact ? question.Judge(right, Perturbation.Of(right, question.Tolerance, generator)) is not null : null;
    }

    private Verdict Judge(Func<int, Outcome> ask)
    {
        List<Outcome> given = [];
        for (int i = 0; i < Cases.Count; i++)
        {
            Case<T> question = Cases[i];
            string[] passed = [.. Cases.Take(i).Select(earlier => earlier.Name)];
            try
            {
                given.Add(ask(i));
            }
            catch (Exception e)
            {
                return Failure.Of(e) is { } problem ? new(ExerciseState.Broken, passed, question.Name, problem) : new(ExerciseState.NotDone, []);
            }

            if (question.Judge(Expected.Outcome(i), given[i]) is { } difference)
            {
                Idea<T>? idea = Recognised(given, ask);
                string hint = idea?.Hint ?? (difference.Pattern.Length > 0 ? $"Look at the numbers: {difference.Pattern}." : "");
                return new(ExerciseState.Wrong, passed, question.Name, difference.Text, idea?.Misconception ?? "", hint);
            }
        }

        return new(ExerciseState.Solved, [.. Cases.Select(question => question.Name)]);
    }

    // The wrong idea that gives what this answer gives in every case, not only in the one that failed; that one tells the most, so it comes first.
    private Idea<T>? Recognised(List<Outcome> given, Func<int, Outcome> ask)
    {
        int failed = given.Count - 1;
        List<int> candidates = [.. Enumerable.Range(0, Ideas.Count)];
        foreach (int number in Enumerable.Range(0, Cases.Count).OrderBy(number => number == failed ? -1 : number))
        {
            if (candidates.Count == 0)
            {
                return null;
            }

            try
            {
                Outcome? have = number < given.Count ? given[number] : Known<T>.Quietly(ask, number);
                candidates.RemoveAll(index => !Cases[number].Agree(Wrong[index].OutcomeOrNull(number), have));
            }
            catch (EndlessException)
            {
                return null; // nobody waits for it twice
            }
        }

        return candidates.Count > 0 ? Ideas[candidates[0]] : null;
    }
}
