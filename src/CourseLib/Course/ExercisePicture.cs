using CourseLib.Charts;
using CourseLib.Course.Grading;
using CourseLib.Display;

namespace CourseLib.Course;

/// <summary>What <see cref="Exercise.Picture"/> shows in place of a picture that cannot be drawn yet: one sentence.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class ExercisePicture
{
    internal ExercisePicture(string id, string text)
    {
        Id = id;
        Text = text;
    }

    /// <summary>The exercise.</summary>
    public string Id { get; }

    /// <summary>Why there is no picture.</summary>
    public string Text { get; }

    /// <summary>The sentence for a reader.</summary>
    public string ToHtml() => $"<p class=\"courselib-picture\" data-exercise=\"{Html.Escape(Id)}\" style=\"margin:.4em 0;opacity:.8\">{Html.Escape(Text)}</p>";

    /// <summary>The sentence.</summary>
    public override string ToString() => Text;

    /// <summary>The picture, or the sentence in its place.</summary>
    /// <param name="id">The exercise.</param>
    /// <param name="state">What the last check in this session said; null before the first.</param>
    /// <param name="draw">Makes the picture from the learner's code.</param>
    /// <param name="limits">How long that may take while the exercise is not solved.</param>
    /// <exception cref="Exception">Whatever is wrong with the picture of an exercise that is solved.</exception>
    internal static object Of(string id, ExerciseState? state, Func<object> draw, Limits limits)
    {
        // A right answer needs no guard, and what is wrong then is the picture: nobody would see that behind a kind sentence.
        if (state == ExerciseState.Solved)
        {
            return Drawn(draw);
        }

        try
        {
            return Attempt.Run(() => Drawn(draw), limits);
        }
        catch (Exception e)
        {
            return new ExercisePicture(id, state != ExerciseState.NotDone && Problem(e) is { } problem
                ? $"No picture yet: {problem}."
                : $"The picture comes when {id} is written and checked.");
        }
    }

    // A figure is drawn when it is shown; a fault that only shows then belongs to this cell, too.
    private static object Drawn(Func<object> draw)
    {
        object picture = draw() ?? throw new InvalidOperationException("Exercise.Picture: expected a figure or something else to show, got null");
        if (picture is Figure figure)
        {
            _ = figure.HasEmptySeries ? throw new NoNumbersException() : figure.ToSvg();
        }

        return picture;
    }

    private static string? Problem(Exception e) => e is NoNumbersException ? "what your code gives is NaN or infinite, or 0 or negative where the axis is logarithmic" : Failure.Of(e);

    private sealed class NoNumbersException() : Exception("Exercise.Picture: expected numbers to draw, got a series with none: all are NaN, infinite, or not positive on a logarithmic axis");
}
