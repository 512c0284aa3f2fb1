using CourseLib.Course.Grading;
using CourseLib.Display;

namespace CourseLib.Course;

/// <summary>What <see cref="Exercise.Check(string, Delegate)"/> found.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class ExerciseResult
{
    private readonly Verdict verdict;

    internal ExerciseResult(string id, string title, Verdict verdict)
    {
        Id = id;
        Title = title;
        this.verdict = verdict;
    }

    /// <summary>The exercise.</summary>
    public string Id { get; }

    /// <summary>What it asks, in a few words.</summary>
    public string Title { get; }

    /// <summary>How far it is.</summary>
    public ExerciseState State => verdict.State;

    /// <summary>Whether every case passed.</summary>
    public bool IsSolved => State == ExerciseState.Solved;

    /// <summary>The cases that passed.</summary>
    public IReadOnlyList<string> Passed => verdict.Passed;

    /// <summary>The case that did not, with the first difference or what went wrong; empty when there is none.</summary>
    public string Problem => verdict.Failed.Length > 0 ? $"{verdict.Failed}: {verdict.Problem}" : "";

    /// <summary>The wrong idea that gives the same numbers; empty where none of the known ones does.</summary>
    public string Misconception => verdict.Misconception;

    /// <summary>What to think about; empty when there is nothing to say.</summary>
    public string Hint => verdict.Hint;

    /// <summary>The verdict for a reader, and for any harness the attributes <c>data-exercise</c>, <c>data-state</c>, <c>data-passed</c> and <c>data-misconception</c> of a <c>div.courselib-exercise</c>.</summary>
    public string ToHtml() => ExerciseHtml.Write(this);

    /// <summary>One line: exercise, state, problem, hint.</summary>
    public override string ToString() => string.Join("; ", new[] { $"{Id}: {ExerciseHtml.Words(State)}", Problem, Misconception, Hint }.Where(text => text.Length > 0));
}
