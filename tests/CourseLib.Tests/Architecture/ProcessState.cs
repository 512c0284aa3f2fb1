using System.Text.RegularExpressions;

namespace CourseLib.Tests.Architecture;

/// <summary>Tests of what the whole process shares - the number of threads, the default generator, bytes allocated - run one after the other, when no others do.</summary>
[CollectionDefinition(nameof(ProcessState), DisableParallelization = true)]
public class ProcessState;

public partial class ProcessStateTests
{
    [Fact]
    public void Who_seeds_the_default_generator_runs_alone()
    {
        string[] found = [.. Repository.CommittedFiles()
            .Where(file => file.StartsWith("tests/CourseLib.Tests/", StringComparison.Ordinal) && file.EndsWith("Tests.cs", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(Repository.Full(file)) is string source && HasTests().IsMatch(source) && IsAtFault(source))];
        Assert.True(found.Length == 0, $"a test elsewhere draws from the default generator in between; add [Collection(nameof({nameof(ProcessState)}))] to: {string.Join(", ", found)}");
        Assert.True(IsAtFault("Generator.Manual" + "Seed(1);"));
        Assert.False(IsAtFault("[Collection(nameof(ProcessState))] … Generator.Manual" + "Seed(1);"));
    }

    private static bool IsAtFault(string source) => Seeds().IsMatch(source) && !source.Contains("[Collection(nameof(ProcessState))]", StringComparison.Ordinal);

    // A file without any does not run beside others: the loop of a child process, which has one test at a time, seeds before each.
    [GeneratedRegex(@"\[(Fact|Theory)\b")]
    private static partial Regex HasTests();

    // GradientAudit.Run seeds it, so that its numbers are the same each time.
    [GeneratedRegex(@"Generator\.ManualSeed\(|GradientAudit\.Run\(")]
    private static partial Regex Seeds();
}
