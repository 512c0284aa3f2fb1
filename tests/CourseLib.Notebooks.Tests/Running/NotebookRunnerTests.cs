using System.Globalization;
using System.Text.Json.Nodes;
using CourseLib.Course;
using CourseLib.Notebooks.Claims;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Kernel;
using CourseLib.Notebooks.Progress;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Tests.Running;

public sealed class NotebookRunnerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_run_has_outcomes_outputs_claims_and_a_report_in_any_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new("ru-RU");
        try
        {
            string good = Write("05-good", $"#r \"nuget: CourseLib, {Library.Version}\"\nusing CourseLib.Course;", "Claim.Close(\"a.b\", \"x\", 1, 1, 0.1, 2, \"wrong\")", "System.IO.File.Exists(\"05-good.ipynb\")");
            string bad = Write("07-bad", "Console.WriteLine(1);", "\n1.Foo()", "2", "3");
            string broken = Path.Combine(folder, "09-broken.ipynb");
            File.WriteAllText(broken, "{");
            string before = File.ReadAllText(good);
            StringWriter progress = new();
            IReadOnlyList<ExecutedNotebook> run = await new CourseRunner(new(TimeSpan.FromMinutes(2)), new PlainProgress(progress), cores: 2)
                .RunAsync([bad, broken, good], new Dictionary<string, double> { ["07-bad"] = 9, ["05-good"] = 1 });

            Assert.Equal(["05-good", "07-bad", "09-broken"], run.Select(notebook => notebook.Name));
            Assert.True(run[0].Succeeded);
            Assert.Equal(["True"], NotebookText.Join(run[0].Notebook!.Cells[3].Outputs[0]!["data"]!["text/plain"]).Split('\n'));
            Assert.Equal(new("a.b", "05-good", true, "1", "1", "± 0.1", "wrong: 2 (fails, as it must)", 2), Assert.Single(run[0].Claims));
            Assert.Equal([CellStatus.Succeeded, CellStatus.Failed, CellStatus.NotRun, CellStatus.NotRun], run[1].Cells.Select(cell => cell.Status));
            Assert.Equal((2, 2), (run[1].Stopped!.Number, run[1].Stopped!.Error!.Line));
            Assert.Equal("error", (string?)run[1].Notebook!.Cells[2].Outputs[0]!["output_type"]);
            Assert.Equal([1, 2, null, null], run[1].Notebook!.CodeCells.Select(cell => cell.ExecutionCount));
            Assert.Contains("09-broken.ipynb: not a notebook: expected JSON", run[2].Problem, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllText(good));
            Assert.Contains("07-bad  cell 2/4", progress.ToString(), StringComparison.Ordinal);
            Assert.Contains("FAILED", progress.ToString(), StringComparison.Ordinal);

            Ledger ledger = new(new Dictionary<string, string>(), [], [new("a.b", "05-good", [], "…"), new("c.d", "07-bad", [], "…")]);
            ClaimAudit audit = ClaimAudit.Of(run, ledger);
            string path = Path.Combine(folder, "out", "report.json");
            RunReport.Write(path, run, audit);
            JsonNode report = JsonNode.Parse(File.ReadAllText(path))!;
            Assert.Equal(["notebooks", "claims", "summary"], report.AsObject().Select(part => part.Key));
            Assert.Equal([0, 1, 1], report["notebooks"]!.AsArray().Select(notebook => (int)notebook!["failed"]!));
            Assert.Equal(["name", "cells", "failed", "seconds"], report["notebooks"]![0]!.AsObject().Select(part => part.Key));
            Assert.Equal("""{"id":"a.b","notebook":"05-good","holds":true,"expected":"1","measured":"1","control":"wrong: 2 (fails, as it must)"}""", report["claims"]![0]!.ToJsonString());
            Assert.Equal("""{"notebooks":3,"claims":2,"holding":1}""", report["summary"]!.ToJsonString());
            Assert.Equal(["05-good"], RunReport.Seconds(path).Keys);

            StringWriter summary = new();
            RunSummary.Write(summary, run, audit, ExerciseAudit.Of(run));
            Assert.Contains("FAILED  07-bad, cell [2], line 2: CompilationError: (2,3): error CS1061", summary.ToString(), StringComparison.Ordinal);
            Assert.Contains("2 cells were not run", summary.ToString(), StringComparison.Ordinal);
            Assert.EndsWith("1 of 2 claims hold" + Environment.NewLine, summary.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task After_a_cancellation_the_begun_notebook_is_there_and_the_others_are_not()
    {
        using CancellationTokenSource cancel = new();
        string path = Write("01-long", "1", "System.Threading.Thread.Sleep(-1);", "3");
        IReadOnlyList<ExecutedNotebook> run = await new CourseRunner(new(TimeSpan.FromMinutes(2)), new CancelAtCell(cancel, 2), cores: 1).RunAsync([path, Write("02-next", "1")], new Dictionary<string, double> { ["02-next"] = 0, ["01-long"] = 1 }, cancel.Token);
        Assert.Equal([CellStatus.Succeeded, CellStatus.Cancelled, CellStatus.NotRun], Assert.Single(run).Cells.Select(cell => cell.Status));
        Assert.False(run[0].Succeeded);
    }

    // No code can go on after that; what is left is to say where it was.
    [Fact]
    public async Task An_exercise_whose_answer_calls_itself_without_end_is_named_by_its_cell()
    {
        string path = Write("05-deep", $"#r \"nuget: CourseLib, {Library.Version}\"\nusing CourseLib.Course;\nusing CourseLib.Tensors;", "Tensor Deep(Tensor x, Tensor gamma, Tensor beta, double epsilon) => Deep(x, gamma, beta, epsilon) * 2;", "Exercise.Check(\"bn.forward\", Deep)", "1");
        IReadOnlyList<ExecutedNotebook> run = await new CourseRunner(new(TimeSpan.FromMinutes(5)), new PlainProgress(TextWriter.Null), cores: 1).RunAsync([path], new Dictionary<string, double>());
        Assert.Equal([CellStatus.Succeeded, CellStatus.Succeeded, CellStatus.Failed, CellStatus.NotRun], run[0].Cells.Select(cell => cell.Status));
        StringWriter summary = new();
        RunSummary.Write(summary, run, ClaimAudit.Of(run, null), ExerciseAudit.Of(run));
        Assert.Contains("FAILED  05-deep, cell [3]: StackOverflow", summary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_handed_in_goes_on_after_a_cell_that_fails_and_not_after_one_that_ends_the_process()
    {
        string path = Write("06-mine", "int a = 1;", "int b = a + undefined;", "a++; throw new InvalidOperationException(\"mine\");", "int c = a; c", "Environment.Exit(3);", "c");
        ExecutedNotebook run = await new NotebookRunner(new(TimeSpan.FromMinutes(2)), () => 1, new PlainProgress(TextWriter.Null), goesOn: file => file == path).RunAsync(path);
        Assert.Equal([CellStatus.Succeeded, CellStatus.Failed, CellStatus.Failed, CellStatus.Succeeded, CellStatus.Failed, CellStatus.NotRun], run.Cells.Select(cell => cell.Status));
        Assert.Equal("2", NotebookText.Join(run.Notebook!.Cells[4].Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal(2, run.Stopped!.Number);
        Assert.False(run.ReachedEnd);

        path = Write("07-mine", "undefined", "1");
        StringWriter progress = new();
        run = await new NotebookRunner(new(TimeSpan.FromMinutes(2)), () => 1, new PlainProgress(progress), goesOn: _ => true).RunAsync(path);
        Assert.True(run is { ReachedEnd: true, Succeeded: false });
        Assert.Contains("07-mine  done with failures", progress.ToString(), StringComparison.Ordinal);
        run = await new NotebookRunner(new(TimeSpan.FromMinutes(2)), () => 1, new PlainProgress(TextWriter.Null)).RunAsync(path);
        Assert.False(run.ReachedEnd);
    }

    [Fact]
    public async Task Settings_reach_the_cells_and_idle_cores_are_used()
    {
        string path = Write("01-settings", "(Environment.GetEnvironmentVariable(\"COURSELIB_DATA\"), Environment.GetEnvironmentVariable(\"COURSELIB_FULL\"))", $"#r \"nuget: CourseLib, {Library.Version}\"\nCourseLib.Kernels.Workers.Count");
        IReadOnlyList<ExecutedNotebook> run = await new CourseRunner(new(TimeSpan.FromMinutes(2), "/data", Full: true), new PlainProgress(TextWriter.Null), cores: 3).RunAsync([path], new Dictionary<string, double>());
        Assert.Equal(["(\"/data\", \"1\")", "3"], run[0].Notebook!.CodeCells.Select(cell => NotebookText.Join(cell.Outputs[0]!["data"]!["text/plain"])));
    }

    [Fact]
    public async Task A_cell_for_another_kernel_is_an_error()
    {
        NotebookDocument notebook = new NotebookBuilder().Code("let x = 1").Build();
        notebook.Cells[0].Metadata!["polyglot_notebook"]!["kernelName"] = "fsharp";
        string path = Path.Combine(folder, "01-f.ipynb");
        notebook.Write(path);
        ExecutedNotebook run = await new NotebookRunner(new(TimeSpan.FromMinutes(2)), () => 1, new PlainProgress(TextWriter.Null)).RunAsync(path);
        Assert.Contains("kernel \"fsharp\"; expected \"csharp\"", run.Stopped!.Error!.Message, StringComparison.Ordinal);
    }

    private string Write(string name, params string[] cells)
    {
        NotebookBuilder notebook = new NotebookBuilder().Markdown("# " + name);
        foreach (string cell in cells)
        {
            notebook.Code(cell);
        }

        string path = Path.Combine(folder, name + ".ipynb");
        notebook.Build().Write(path);
        return path;
    }

    private sealed class CancelAtCell(CancellationTokenSource cancel, int at) : IRunProgress
    {
        public void Started(string notebook, int cells) { }

        public void CellStarted(string notebook, int number, int cells)
        {
            if (number == at)
            {
                cancel.Cancel();
            }
        }

        public void CellEnded(string notebook, CellOutcome outcome, int cells) { }

        public void Ended(ExecutedNotebook notebook) { }
    }
}
