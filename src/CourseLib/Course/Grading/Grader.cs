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

    /// <summary>The delegate that answers it.</summary>
    public abstract Type AnswerType { get; }

    /// <summary>The wrong ideas that are recognised.</summary>
    public abstract IReadOnlyList<string> Misconceptions { get; }

    /// <summary>Judges what a learner handed in.</summary>
    /// <param name="answer">The answer; null is "not done yet".</param>
    /// <param name="limits">How long each case may take; the usual time when not given.</param>
    public abstract Verdict Grade(object? answer, Limits? limits = null);

    /// <summary>Judges the answer that a wrong idea leads to: a test of the grader.</summary>
    public abstract Verdict GradeIdea(int index);

    /// <summary>Judges the reference (0) and the differently written right answers.</summary>
    public abstract IEnumerable<Verdict> GradeRight();

    /// <summary>Whether a case notices something random done to the right outcome; null where it takes many answers.</summary>
    /// <param name="number">Which case.</param>
    /// <param name="generator">What decides what is done.</param>
    public abstract bool? NoticesChange(int number, Generator generator);

    /// <summary>How many cases there are.</summary>
    public abstract int CaseCount { get; }
}
