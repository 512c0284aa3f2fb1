using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseLib.Course.Exercises;
using CourseLib.Course.Grading;
using CourseLib.Tests.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CourseLib.Tests.Course;

/// <summary>Graders and the notebooks of solutions belong together.</summary>
public partial class ExerciseNotebookTests
{
    // What hosts import by themselves.
    private static readonly string[] Imports = ["System", "System.IO", "System.Text", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    public static TheoryData<string> Notebooks => [.. Catalog.All.Select(grader => grader.Notebook).Distinct()];

    [Fact]
    public void Every_exercise_is_checked_once_in_the_solutions_of_its_notebook()
    {
        string[] checks = [.. Directory.EnumerateFiles(Repository.Full("notebooks/solutions"), "*.ipynb")
            .SelectMany(path => Code(path).SelectMany(source => Check().Matches(source)).Select(match => $"{Path.GetFileNameWithoutExtension(path)}: {match.Groups["id"].Value}"))];
        Assert.Equal(Catalog.All.Select(grader => $"{grader.Notebook}: {grader.Id}").Order(StringComparer.Ordinal), checks.Order(StringComparer.Ordinal));
    }

    /// <summary>The last hint's code compiles in the notebook, under the notebook's own imports: it calls nothing that a student does not have.</summary>
    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Solutions_of_hints_compile_where_they_are_shown(string notebook)
    {
        string setup = Code(Repository.Full($"notebooks/solutions/{notebook}.ipynb")).First().Replace("#r ", "// ");
        IEnumerable<string> solutions = Catalog.All.Where(grader => grader.Notebook == notebook).Select((grader, i) => FormattableString.Invariant($"#line 1 \"{grader.Id}\"\n{Answers.Name(grader.AnswerType)} answer{i} = {grader.Solution};"));
        string errors = string.Join('\n', Errors(string.Join('\n', solutions.Prepend(setup))));
        Assert.True(errors.Length == 0, $"the solution that the last hint shows uses what {notebook} does not know:\n{errors}");
        Assert.NotEmpty(Errors(setup + "\nFunc<double, double> answer = x => Hidden(x);"));
    }

    private static IEnumerable<string> Errors(string source)
    {
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        CSharpCompilation script = CSharpCompilation.CreateScriptCompilation(
            "Solutions", CSharpSyntaxTree.ParseText(source, new(kind: SourceCodeKind.Script)), references, new(OutputKind.DynamicallyLinkedLibrary, usings: Imports));
        return script.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => $"{found}");
    }

    private static IEnumerable<string> Code(string path) => JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray()
        .Where(cell => (string?)cell!["cell_type"] == "code").Select(cell => string.Concat(cell!["source"]!.AsArray().Select(line => (string?)line)));

    [GeneratedRegex("""Exercise\.Check\("(?<id>[^"]*)["]""")]
    private static partial Regex Check();
}
