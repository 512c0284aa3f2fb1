namespace CourseLib.Course.Grading;

/// <summary>How long a learner's code may take.</summary>
/// <param name="End">When it is asked to end, which it does at its next new tensor.</param>
/// <param name="Notice">How long it may take to come there; after that it is aborted.</param>
/// <param name="Patience">How long the abort may take: running managed code answers it at once, so what does not answer waits for something.</param>
internal sealed record Limits(TimeSpan End, TimeSpan Notice, TimeSpan Patience)
{
    /// <summary>Far more than any case needs.</summary>
    public static Limits Usual { get; } = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

    /// <summary>For code that gave no answer a moment ago: nobody waits as long for the same endless loop twice.</summary>
    public static Limits Again { get; } = Usual with { End = TimeSpan.FromSeconds(4) };
}
