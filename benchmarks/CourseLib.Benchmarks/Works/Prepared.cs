namespace CourseLib.Benchmarks.Works;

/// <summary>A work with its operands made.</summary>
/// <param name="Call">Does it once.</param>
/// <param name="Result">Does it in a way that can be compared (a training: the losses of three steps) and gives the numbers; called once, before any <paramref name="Call"/>.</param>
internal sealed record Prepared(Action Call, Func<float[]> Result)
{
    /// <summary>The usual case: the result is what a call leaves in a buffer.</summary>
    public static Prepared Of(Action call, Floats result) => new(call, () =>
    {
        call();
        return result.Span.ToArray();
    });
}
