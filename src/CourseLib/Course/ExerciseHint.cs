using CourseLib.Display;

namespace CourseLib.Course;

/// <summary>A step of help.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class ExerciseHint
{
    internal ExerciseHint(string id, int step, int steps, string text, string code)
    {
        Id = id;
        Step = step;
        Steps = steps;
        Text = text;
        Code = code;
    }

    /// <summary>The exercise.</summary>
    public string Id { get; }

    /// <summary>Which step this is, from 1.</summary>
    public int Step { get; }

    /// <summary>How many there are; the last is the solution.</summary>
    public int Steps { get; }

    /// <summary>The hint.</summary>
    public string Text { get; }

    /// <summary>C#, in the last step only.</summary>
    public string Code { get; }

    /// <summary>The hint for a reader.</summary>
    public string ToHtml() => ExerciseHtml.Write(this);

    /// <summary>The same as text.</summary>
    public override string ToString() => FormattableString.Invariant($"{Id}, hint {Step} of {Steps}: {Text}") + (Code.Length > 0 ? "\n" + Code : "");
}
