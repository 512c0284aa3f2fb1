using System.Collections.Concurrent;
using CourseLib.Course.Exercises;
using CourseLib.Course.Grading;

namespace CourseLib.Course;

/// <summary>
/// The exercises (упражнения) of <c>notebooks/exercises</c>. They grade themselves: a check runs the learner's code on a few cases, says where it first differs from the expected,
/// and recognises the usual wrong ideas. Nothing is sent anywhere.
/// </summary>
public static class Exercise
{
    private static readonly Dictionary<string, int> Shown = [];

    private static readonly ConcurrentDictionary<string, ExerciseState> States = [];

    /// <summary>The names of all exercises, in the order of the notebooks.</summary>
    public static IReadOnlyList<string> All => [.. Catalog.All.Select(grader => grader.Id)];

    /// <summary>Judges a method.</summary>
    /// <param name="id">The exercise: <c>bn.backward</c>.</param>
    /// <param name="answer">The method that the exercise asks for. One that still throws <see cref="NotDoneYetException"/> is "not done yet", and so is null.</param>
    /// <returns>What passed, the first difference, a hint; shown when it is a cell's last expression. Whatever the answer does, this does not throw.</returns>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    public static ExerciseResult Check(string id, Delegate? answer) => Judge(id, answer);

    /// <summary>Judges a value: a number, a tensor, a model.</summary>
    /// <param name="id">The exercise.</param>
    /// <param name="answer">The value; null is "not done yet".</param>
    /// <returns>What passed, the first difference, a hint.</returns>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    public static ExerciseResult Check(string id, object? answer) => Judge(id, answer);

    /// <summary>
    /// A picture of the learner's answer, behind its check. The untouched stub gives one quiet sentence; code that throws, gives only NaN or does not end (it is stopped, as in a check) gives a sentence that says so.
    /// </summary>
    /// <param name="id">The exercise.</param>
    /// <param name="picture">Makes a figure, a table, whatever shows itself: <c>Exercise.Picture("bn.backward", () => Chart.Line(…))</c>.</param>
    /// <returns>The picture, or an <see cref="ExercisePicture"/> with the sentence; shown when it is a cell's last expression.</returns>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    /// <exception cref="Exception">Whatever the picture throws when the last check of this session said "solved": then the fault is not the learner's.</exception>
    public static object Picture(string id, Func<object> picture)
    {
        Grader grader = Catalog.Find(nameof(Picture), id);
        ArgumentNullException.ThrowIfNull(picture);
        ExerciseState? state = States.TryGetValue(grader.Id, out ExerciseState last) ? last : null;
        return ExercisePicture.Of(grader.Id, state, picture, state == ExerciseState.Broken ? Limits.Again : Limits.Usual);
    }

    /// <summary>The next hint for an exercise: a nudge, then more, then the solution. A new session begins with the first.</summary>
    /// <param name="id">The exercise.</param>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    public static ExerciseHint Hint(string id)
    {
        Grader grader = Catalog.Find(nameof(Hint), id);
        int step;
        lock (Shown)
        {
            step = Math.Min(Shown.GetValueOrDefault(id), grader.Hints.Count);
            Shown[id] = step + 1;
        }

        return Hint(id, step + 1);
    }

    /// <summary>A hint by its number, from 1; the last is the solution.</summary>
    /// <param name="id">The exercise.</param>
    /// <param name="step">1 … 3.</param>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public static ExerciseHint Hint(string id, int step)
    {
        Grader grader = Catalog.Find(nameof(Hint), id);
        int steps = grader.Hints.Count + 1;
        if (step < 1 || step > steps)
        {
            throw new ArgumentOutOfRangeException(nameof(step), FormattableString.Invariant($"Exercise.Hint(\"{id}\"): expected a step from 1 to {steps}, got {step}"));
        }

        return step < steps ? new(id, step, steps, grader.Hints[step - 1], "") : new(id, step, steps, "One solution:", grader.Solution);
    }

    private static ExerciseResult Judge(string id, object? answer)
    {
        Grader grader = Catalog.Find(nameof(Check), id);
        Verdict verdict = grader.Grade(answer);
        States[grader.Id] = verdict.State;
        return new(grader.Id, grader.Title, verdict);
    }
}
