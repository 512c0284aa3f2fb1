using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Running;

/// <summary>Somebody who can be asked for times: a program, and what of all the works it is asked for.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Program">What is started.</param>
/// <param name="Arguments">With what.</param>
/// <param name="Variants">The settings in which it does a work; none when it is not asked for it.</param>
internal sealed record Peer(string Name, string Program, string[] Arguments, Func<Work, string[]> Variants)
{
    /// <summary>Why it cannot take part in this comparison whatever the machine has; null when it can.</summary>
    public string? Excluded { get; init; }

    /// <summary>Variables of its own beside <see cref="CleanEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>The name with a setting.</summary>
    public string Label(string variant) => variant == Request.Plain ? Name : $"{Name}, {variant}";
}
