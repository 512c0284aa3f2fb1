using System.Diagnostics;
using System.Text.Json.Nodes;
using CourseLib.Data;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Kernel;

namespace CourseLib.Notebooks.Tests.Commands;

/// <summary>The command as a process of its own, in a course made for the test.</summary>
public sealed class CommandLineTests : IDisposable
{
    private static readonly string Package = $"#r \"nuget: CourseLib, {Library.Version}\"\nusing CourseLib.Course;";

    private readonly string root = Directory.CreateTempSubdirectory("course-test-").FullName;

    private readonly Dictionary<string, string> environment = [];

    public CommandLineTests()
    {
        Directory.CreateDirectory(Path.Combine(root, "notebooks"));
        File.WriteAllText(Path.Combine(root, "CourseLib.sln"), "");
        File.WriteAllText(Path.Combine(root, "notebooks", "claims.json"), """
            {"lectures": {"l": "Lecture"}, "notebooks": ["01-good", "02-bad"], "claims": [{"id": "good.one", "notebook": "01-good", "sources": ["l: s"], "claim": "one is one"}]}
            """);
        Write("01-good", Package, "Claim.Close(\"good.one\", \"one\", expected: 1, measured: 1, margin: 0.5, control: 2, \"two\")");
        Write("02-bad", Package, "\nthrow new InvalidOperationException(\"on purpose\");", "3");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_run_whose_claims_hold_exits_with_zero_and_leaves_report_book_and_executed_notebook()
    {
        (int code, string? said) = await RunAsync("run", "01", "--report", "out/r.json", "--book", "out/book");
        Assert.True(code == 0, said);
        Assert.Contains("1 of 1 claims hold", said, StringComparison.Ordinal);
        Assert.Equal(1, (int)JsonNode.Parse(File.ReadAllText(Path.Combine(root, "out", "r.json")))!["summary"]!["holding"]!);
        Assert.True(File.Exists(Path.Combine(root, "out", "book", "index.html")));
        Assert.NotEmpty(NotebookDocument.Read(Path.Combine(root, "artifacts", "executed", "01-good.ipynb")).Cells[2].Outputs);
    }

    [Fact]
    public async Task A_notebook_that_needs_a_host_is_skipped_with_the_reason_and_nothing_has_failed()
    {
        Directory.CreateDirectory(Path.Combine(root, "notebooks-polyglot"));
        Write("../notebooks-polyglot/90-more", Package + "\n#r \"nuget: Some.Charts, 5.1.0\"", "this is not even C#");
        (int code, string? said) = await RunAsync("run", "01", "90");
        Assert.True(code == 0, said);
        Assert.Contains("SKIPPED 90-more: it needs Some.Charts, which a notebook host restores", said, StringComparison.Ordinal);
        Assert.Contains("1 of 1 notebooks ran to their end, 1 skipped", said, StringComparison.Ordinal);
        JsonNode report = JsonNode.Parse(File.ReadAllText(Path.Combine(root, "artifacts", "report.json")))!;
        Assert.Equal((0, true), ((int)report["notebooks"]![1]!["failed"]!, ((string)report["notebooks"]![1]!["skipped"]!).Contains("Some.Charts", StringComparison.Ordinal)));
        Assert.Null(report["notebooks"]![0]!["skipped"]);
        Assert.Contains("not run here: it needs Some.Charts", File.ReadAllText(Path.Combine(root, "artifacts", "book", "index.html")), StringComparison.Ordinal);
        Assert.Contains("This notebook was not run here: it needs Some.Charts", File.ReadAllText(Path.Combine(root, "artifacts", "book", "90-more.html")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(root, "artifacts", "executed", "90-more.ipynb")));

        // With a claim in the ledger, not running it is a failure.
        string ledger = Path.Combine(root, "notebooks", "claims.json");
        File.WriteAllText(ledger, File.ReadAllText(ledger).Replace("01-good", "90-more", StringComparison.Ordinal));
        (code, said) = await RunAsync("run", "90");
        Assert.Equal(1, code);
        Assert.Contains("90-more, which was skipped: no cell verified good.one", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_cell_fails_the_run_after_the_other_notebooks_ran()
    {
        (int code, string? said) = await RunAsync("run");
        Assert.Equal(1, code);
        Assert.Contains("FAILED  02-bad, cell [2], line 2: System.InvalidOperationException: on purpose", said, StringComparison.Ordinal);
        Assert.Contains("1 of 1 claims hold", said, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(root, "artifacts", "report.json")));
        Assert.True(File.Exists(Path.Combine(root, "artifacts", "book", "index.html")));
    }

    // Two students hand in a file that is named like a lecture: it is neither the lecture nor the other one's.
    [Fact]
    public async Task What_students_hand_in_is_run_for_each_of_them_and_changes_nothing_of_the_course()
    {
        (_, string? said) = await RunAsync("run", "01");
        string page = Path.Combine(root, "artifacts", "book", "01-good.html"), executed = Path.Combine(root, "artifacts", "executed", "01-good.ipynb");
        (string, string) before = (File.ReadAllText(page), File.ReadAllText(executed));
        string shape = "(Tensor x, Tensor gamma, Tensor beta, double epsilon)";
        Write("../handed-in/anna/01-good", Package + "\nusing CourseLib.Tensors;", $"Exercise.Check(\"bn.forward\", {shape} => x)");
        Write("../handed-in/bob/01-good", Package, "Exercise.Check(\"bn.forward\", null)", "Exercise.Check(\"bn.outlier\", null)");
        (int code, said) = await RunAsync("run", "handed-in");
        Assert.True(code == 0, said);
        Assert.Contains("anna/01-good: 0 of 1 exercises solved", said, StringComparison.Ordinal);
        Assert.Contains("bob/01-good: 0 of 2 exercises solved", said, StringComparison.Ordinal);
        Assert.DoesNotContain("claims", said, StringComparison.Ordinal);
        Assert.Contains($"`course progress {Path.Combine("artifacts", "handed-in")}`", said, StringComparison.Ordinal);
        Assert.Equal(before, (File.ReadAllText(page), File.ReadAllText(executed)));

        (code, said) = await RunAsync("progress", "artifacts/handed-in");
        Assert.True(code == 0, said);
        Assert.Contains("anna                     ✗· 0 of 2", said, StringComparison.Ordinal);
        Assert.Contains("bob                      ○○ 0 of 2", said, StringComparison.Ordinal);
        Assert.Contains("anna                     –· 0 of 2  nothing was run", (await RunAsync("progress", "handed-in")).Said, StringComparison.Ordinal);
    }

    // A picture that throws although its exercise is solved; and one that throws because the answer is wrong.
    [Fact]
    public async Task A_broken_picture_of_solved_exercises_fails_the_run()
    {
        string right = "int Field((int Size, int Step)[] layers) { int field = 1, apart = 1; foreach ((int size, int step) in layers) { field += (size - 1) * apart; apart *= step; } return field; }";
        Directory.CreateDirectory(Path.Combine(root, "notebooks", "solutions"));
        Write("solutions/03-fields", Package, right, "Exercise.Check(\"conv.field\", Field)", "Exercise.Picture(\"conv.field\", () => (new int[1])[Field([])])");
        (int code, string? said) = await RunAsync("run", "03-fields-solutions");
        Assert.Equal(1, code);
        Assert.Contains("FAILED  03-fields-solutions, cell [4], line 1: System.IndexOutOfRangeException", said, StringComparison.Ordinal);
        Write("../handed-in/anna/03-fields", Package, right.Replace("apart *= step", "apart += step", StringComparison.Ordinal), "Exercise.Check(\"conv.field\", Field)", "Exercise.Picture(\"conv.field\", () => (new int[1])[Field([])])", "1");
        (code, said) = await RunAsync("run", "handed-in/anna/03-fields.ipynb");
        Assert.True(code == 0, said);
        Assert.Contains("No picture yet: your code threw IndexOutOfRangeException", File.ReadAllText(Path.Combine(root, "artifacts", "handed-in", "anna", "03-fields.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_of_the_environment_is_meant_from_where_the_command_runs()
    {
        environment[DataFolders.Variable] = "notebooks";
        Write("03-data", $"Environment.GetEnvironmentVariable(\"{DataFolders.Variable}\")");
        (int code, string? said) = await RunAsync("run", "03");
        Assert.True(code == 0, said);
        // The end of it: a folder may have two names, as macOS's temporary ones have.
        Assert.EndsWith(Path.Combine(Path.GetFileName(root), "notebooks"), NotebookText.Join(NotebookDocument.Read(Path.Combine(root, "artifacts", "executed", "03-data.ipynb")).Cells[1].Outputs[0]!["data"]!["text/plain"]), StringComparison.Ordinal);
        environment[DataFolders.Variable] = "nowhere";
        Assert.Contains($"{DataFolders.Variable}: there is no folder", (await RunAsync("run", "03")).Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "no notebook \"77\"", "run", "77")]
    [InlineData(2, "--timeout: expected seconds above 0, got -1", "run", "--timeout", "-1")]
    [InlineData(1, "--timeout: expected seconds such as 90 or 0.5, got \"1,5\"", "run", "--timeout", "1,5")]
    [InlineData(2, "no notebook \"77\"", "run", "77", "--timeout", "1.5")]
    [InlineData(2, "claims.json is a file", "run", "--book", "notebooks/claims.json")]
    [InlineData(2, "notebooks is a folder", "run", "--report", "notebooks")]
    [InlineData(2, "--data: there is no folder", "run", "--data", "nowhere")]
    [InlineData(0, "01-good", "list")]
    [InlineData(0, "", "clean", "--check")]
    [InlineData(1, "Must be one of", "data", "cifar")]
    public async Task Other_commands_answer(int expectedCode, string expected, params string[] arguments)
    {
        (int code, string? said) = await RunAsync(arguments);
        Assert.Equal(expectedCode, code);
        Assert.Contains(expected, said, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new(KernelCommandLine.DotnetHost, [typeof(KernelProcess).Assembly.Location, .. arguments])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Without npm the book names its libraries' addresses: this test is not about them, and needs no network.
        start.Environment["PATH"] = "";

        // A decimal comma and other words: what the command reads and writes does not depend on them.
        start.Environment["LC_ALL"] = "ru_RU.UTF-8";
        foreach ((string? name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string[] said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    private void Write(string name, params string[] cells)
    {
        NotebookBuilder notebook = new NotebookBuilder().Markdown("# " + name);
        foreach (string cell in cells)
        {
            notebook.Code(cell);
        }

        string path = Path.GetFullPath(Path.Combine(root, "notebooks", name + ".ipynb"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        notebook.Build().Write(path);
    }
}
