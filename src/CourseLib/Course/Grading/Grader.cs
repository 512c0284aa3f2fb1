using System.Runtime.CompilerServices;
using CourseLib.Kernels;

namespace CourseLib.Course.Grading;

/// <summary>One exercise: what is asked, how an answer is judged, what to say of wrong ones.</summary>
internal abstract class Grader(string id, string notebook, Level level, string title, string solution)
{
    /// <summary>The exercise's name in <see cref="Exercise.Check(string, Delegate)"/>: <c>bn.backward</c>.</summary>
    public string Id { get; } = id;

    /// <summary>The lecture notebook that it belongs to: <c>12-batchnorm</c>.</summary>
    public string Notebook { get; } = notebook;

    /// <summary>How hard it is.</summary>
    public Level Level { get; } = level;

    /// <summary>What is asked, in a few words.</summary>
    public string Title { get; } = title;

    /// <summary>What helps, from a nudge to nearly all of it; the solution comes after them.</summary>
    public required IReadOnlyList<string> Hints { get; init; }

    /// <summary>The reference's own source.</summary>
    public string Solution { get; } = SourceText.Unindented(solution);

    /// <summary>The wrong ideas that are recognised.</summary>
    public abstract IReadOnlyList<string> Misconceptions { get; }

    /// <summary>Judges what a learner handed in.</summary>
    public abstract Verdict Grade(object? answer);

    /// <summary>Judges the answer that a wrong idea leads to: a test of the grader.</summary>
    public abstract Verdict GradeIdea(int index);

    /// <summary>Judges the reference (0) and the differently written right answers.</summary>
    public abstract IEnumerable<Verdict> GradeRight();

    /// <summary>Judges the right answer with something random done to what it gives; null where every case takes many answers.</summary>
    public abstract Verdict? GradePerturbed(Generator generator);
}

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
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private IReadOnlyList<Outcome>? expected;

    /// <summary>What is asked of an answer, the simplest case first.</summary>
    public required IReadOnlyList<Case<T>> Cases { get; init; }

    /// <summary>The bank of wrong answers, at least four.</summary>
    public required IReadOnlyList<Idea<T>> Ideas { get; init; }

    /// <summary>Right answers written differently, at least one.</summary>
    public required IReadOnlyList<T> Alternatives { get; init; }

    public override IReadOnlyList<string> Misconceptions => [.. Ideas.Select(idea => idea.Misconception)];

    // The reference is asked when somebody first checks an answer, not when the exercises are listed.
    private IReadOnlyList<Outcome> Expected => expected ??= [.. Cases.Select(question => question.Ask(reference))];

    public override Verdict Grade(object? answer)
    {
        if (answer is null)
        {
            return new(ExerciseState.NotDone, []);
        }

        return Answers.As<T>(answer) is { } method ? Judge(method) : new(ExerciseState.Broken, [], "the kind of answer", Answers.Mismatch<T>(answer));
    }

    public override Verdict GradeIdea(int index) => Judge(Ideas[index].Answer);

    public override IEnumerable<Verdict> GradeRight() => Alternatives.Prepend(reference).Select(answer => Judge(answer));

    public override Verdict? GradePerturbed(Generator generator) =>
        Cases.All(question => question.IsExact) ? Judge(reference, outcome => Perturbation.Of(outcome, generator)) : null;

    private Verdict Judge(T answer, Func<Outcome, Outcome>? change = null)
    {
        List<string> passed = [];
        for (int i = 0; i < Cases.Count; i++)
        {
            Case<T> question = Cases[i];
            Outcome got;
            try
            {
                got = Attempt.Run(() => question.Ask(answer), Limit);
            }
            catch (Exception e)
            {
                return Failure.Of(e) is { } problem ? new(ExerciseState.Broken, passed, question.Name, problem) : new(ExerciseState.NotDone, []);
            }

            got = change?.Invoke(got) ?? got;
            if (question.Judge(Expected[i], got) is { } difference)
            {
                Idea<T>? idea = change is null ? Recognised(answer) : null;
                string hint = idea?.Hint ?? (difference.Pattern.Length > 0 ? $"Look at the numbers: {difference.Pattern}." : "");
                return new(ExerciseState.Wrong, passed, question.Name, difference.Text, idea?.Misconception ?? "", hint);
            }

            passed.Add(question.Name);
        }

        return new(ExerciseState.Solved, passed);
    }

    // The wrong idea that gives what this answer gives in every case, not only in the first that fails.
    private Idea<T>? Recognised(T answer)
    {
        List<Outcome?> given = [.. Cases.Select(question => Quietly(question, answer))];
        return Ideas.FirstOrDefault(idea => Cases.Index().All(pair => given[pair.Index] is { } have && Quietly(pair.Item, idea.Answer) is { } wrong && pair.Item.Agree(wrong, have)));
    }

    private static Outcome? Quietly(Case<T> question, T answer)
    {
        try
        {
            return Attempt.Run(() => question.Ask(answer), Limit);
        }
        catch (Exception)
        {
            return null; // an idea that fails in this case is not this answer
        }
    }
}
