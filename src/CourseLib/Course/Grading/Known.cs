namespace CourseLib.Course.Grading;

/// <summary>An answer that the course itself brings: it is known to end, so it needs no thread of its own, and each case is asked once.</summary>
/// <typeparam name="T">The kind of answer: a delegate.</typeparam>
/// <param name="answer">The reference, or a wrong idea.</param>
/// <param name="cases">What it is asked.</param>
internal sealed class Known<T>(T answer, IReadOnlyList<Case<T>> cases)
{
    private readonly Lazy<Outcome>[] outcomes = [.. cases.Select(question => new Lazy<Outcome>(() => question.Ask(answer)))];

    /// <summary>What it gives.</summary>
    /// <param name="number">Which case.</param>
    /// <exception cref="Exception">Whatever it throws.</exception>
    public Outcome Outcome(int number) => outcomes[number].Value;

    /// <summary>What it gives, or null where it throws.</summary>
    public Outcome? OutcomeOrNull(int number) => Quietly(Outcome, number);

    /// <summary>What an answer gives, or null where it throws.</summary>
    /// <exception cref="EndlessException">It did not end.</exception>
    public static Outcome? Quietly(Func<int, Outcome> ask, int number)
    {
        try
        {
            return ask(number);
        }
        catch (Exception e) when (e is not EndlessException)
        {
            return null;
        }
    }
}
