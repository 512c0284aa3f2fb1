namespace CourseLib.Tests.Coverage;

/// <summary>
/// Says that a test proves something about a term of the lectures, by its name in <see cref="Terms"/> or <see cref="IdeaTerms"/>; on a class it holds for all of its tests.
/// docs/coverage.md is generated from it.
/// </summary>
/// <param name="name">The term, as the list has it.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class TermAttribute(string name) : Attribute
{
    /// <summary>The term.</summary>
    public string Name { get; } = name;
}
