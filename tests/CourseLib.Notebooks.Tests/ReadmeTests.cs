using System.CommandLine;
using System.Text.RegularExpressions;
using CourseLib.Course;
using CourseLib.Notebooks.Commands;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace CourseLib.Notebooks.Tests;

/// <summary>The README's samples run, one after the other as cells would, and say what the README says.</summary>
public partial class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Repository.Full("README.md"));

    [Fact]
    public async Task The_samples_run_as_cells()
    {
        string[] samples = Sample().Matches(Text).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, samples.Length);

        ScriptOptions options = ScriptOptions.Default.WithReferences(typeof(Tensor).Assembly).WithImports("System");
        ScriptState<object> state = await CSharpScript.RunAsync(samples[0], options);
        Assert.Equal([96f, 120f, 144f], Assert.IsType<Tensor>(state.ReturnValue).ToArray());

        state = await state.ContinueWithAsync(samples[1]);
        Assert.True(Assert.IsType<Claim>(state.ReturnValue).IsHolding, state.ReturnValue.ToString());
    }

    [Fact]
    public void The_files_that_documents_name_exist()
    {
        foreach (string document in new[] { "README.md", "docs/developers.md", "docs/vscode.md" })
        {
            string[] missing = PathInCode().Matches(File.ReadAllText(Repository.Full(document))).Select(match => match.Groups[1].Value.TrimEnd('/'))
                .Where(path => !path.StartsWith("artifacts", StringComparison.Ordinal))
                .Where(path => !File.Exists(Repository.Full(path)) && !Directory.Exists(Repository.Full(path))).ToArray();
            Assert.True(missing.Length == 0, $"{document} names {string.Join(", ", missing)}");
        }
    }

    [Fact]
    public void The_two_commands_are_the_ones_that_continuous_integration_runs()
    {
        string script = File.ReadAllText(Repository.Full(".ci/run"));
        string[] commands = [.. Command().Matches(Text).Select(match => match.Groups[1].Value).Take(2)];
        Assert.Equal(["dotnet run -c Release --project src/CourseLib.Notebooks -- run", "dotnet test"], commands);
        Assert.All(commands, command => Assert.Contains($"\n{command} ", script, StringComparison.Ordinal));
        string workflow = File.ReadAllText(Repository.Full(".github/workflows/ci.yml"));
        Assert.All(commands, command => Assert.Contains($"run: {command}\n", workflow, StringComparison.Ordinal));
    }

    /// <summary>Every line that starts the course's program, in a block or in a sentence, is one that the program understands; other lines of blocks build or test.</summary>
    [Fact]
    public void Every_command_is_understood()
    {
        string[] documents = [Text, File.ReadAllText(Repository.Full("docs/vscode.md")), File.ReadAllText(Repository.Full("docs/developers.md")), File.ReadAllText(Repository.Full("docs/instructors.md"))];
        string[] lines = [.. documents.SelectMany(text => CourseLine().Matches(text)).Select(match => match.Groups["arguments"].Value)];
        Assert.True(lines.Length >= 8, string.Join('\n', lines));
        Assert.All(lines, line => Assert.Empty(Faults(line)));
        Assert.NotEmpty(Faults("runn"));
        Assert.NotEmpty(Faults("run --no-such-option"));

        string[] blocks = [.. documents[..2].SelectMany(text => Command().Matches(text)).SelectMany(match => match.Groups[1].Value.Split('\n'))];
        Assert.All(blocks, line => Assert.Matches(@"^dotnet (test|build -c Release|run -c Release --project src/CourseLib\.Notebooks -- .+)$", line));
    }

    // An option that there is not would be taken for the name of a notebook.
    private static IEnumerable<string> Faults(string arguments)
    {
        ParseResult parsed = CourseCommand.Create().Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return parsed.Errors.Select(error => error.Message).Concat(parsed.CommandResult.Tokens.Select(token => token.Value).Where(value => value.StartsWith('-')));
    }

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"```sh\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Command();

    // The whole line, or the short form in a sentence: `course doctor`, `run --full`.
    [GeneratedRegex(@"(?:--project src/CourseLib\.Notebooks -- |`course |`(?=run ))(?<arguments>[^`\n]+)")]
    private static partial Regex CourseLine();

    // `a/b`, `a/` or `A.md` in backticks, with nothing in it that a path of this repository never has.
    [GeneratedRegex(@"`((?:src|tests|docs|notebooks|data|benchmarks|artifacts|\.ci|\.devcontainer|\.github|\.config)/[\w./-]*|\w+\.(?:md|props))`")]
    private static partial Regex PathInCode();
}
