namespace CourseLib.Course.Grading;

/// <summary>One question that a grader puts to an answer: it has to give what the reference gives.</summary>
/// <typeparam name="T">The kind of answer: a delegate.</typeparam>
/// <param name="name">What is asked, in words that fit behind a check mark: "a batch of eight".</param>
/// <param name="ask">Puts the question: calls the answer with this case's arguments. Tensors, numbers, arrays and tuples of them can be compared.</param>
/// <param name="tolerance">How far two numbers may be apart, in parts of the largest expected magnitude.</param>
internal class Case<T>(string name, Func<T, object?> ask, double tolerance = 1e-4)
{
    /// <summary>What is asked.</summary>
    public string Name { get; } = name;

    /// <summary>How far two numbers may be apart.</summary>
    public double Tolerance { get; } = tolerance;

    /// <summary>Whether only the reference's numbers will do.</summary>
    public virtual bool IsExact => true;

    /// <summary>What the answer gives.</summary>
    public Outcome Ask(T answer) => Outcome.Of(ask(answer));

    /// <summary>What is wrong with an outcome, or null.</summary>
    /// <param name="expected">The reference's outcome.</param>
    /// <param name="got">The learner's.</param>
    public virtual Difference? Judge(Outcome expected, Outcome got) => Difference.Between(expected, got, Tolerance);

    /// <summary>Whether two answers gave the same, right or wrong; null is one that threw.</summary>
    public bool Agree(Outcome? one, Outcome? other) => one is null || other is null ? one is null && other is null : Same(one, other);

    /// <summary>Whether two outcomes are the same.</summary>
    protected virtual bool Same(Outcome one, Outcome other) => Difference.Between(one, other, Tolerance) is null;
}
