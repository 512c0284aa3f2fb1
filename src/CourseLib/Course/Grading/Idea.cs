namespace CourseLib.Course.Grading;

/// <summary>A wrong answer that people give, and what to tell them.</summary>
/// <param name="Misconception">The wrong idea in a few words: "mean instead of sum over the batch".</param>
/// <param name="Answer">The answer that it leads to.</param>
/// <param name="Hint">What to think about; it does not give the solution away.</param>
internal sealed record Idea<T>(string Misconception, T Answer, string Hint);
