using System.Text.Json.Nodes;
using CourseLib.Charts;
using CourseLib.Course;
using CourseLib.Notebooks.Claims;
using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Running;
using CourseLib.Polyglot.Tests.Hosting;
using CourseLib.Tests.Architecture;

namespace CourseLib.Polyglot.Tests;

/// <summary>Every notebook of the course in a real kernel, unmodified.</summary>
public sealed class NotebookTests
{
    private static readonly CourseFolder Course = new(Repository.Root);

    // Notebook 90 has a test of its own (PlotlyNet/).
    public static TheoryData<string> Notebooks => [.. Course.All.Where(path => !path.StartsWith(Course.Polyglot, StringComparison.Ordinal)).Select(path => Path.GetRelativePath(Course.Root, path))];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Runs_to_its_end_its_claims_hold_and_its_outputs_are_what_hosts_can_show(string name)
    {
        string path = Path.Combine(Course.Root, name);
        NotebookDocument notebook = Child.Run(path);
        Assert.NotEmpty(notebook.CodeCells);

        string stem = Path.GetFileNameWithoutExtension(path);
        ClaimRecord[] claims = [.. notebook.CodeCells.SelectMany(cell => ClaimReader.Read(cell.Outputs, stem, cell.Index))];
        ExecutedNotebook executed = new(stem, path, notebook, [], claims, 0, null);
        Assert.Empty(ClaimAudit.Of([executed], Ledger.Load(Course.Ledger)).Problems);

        JsonObject[] values = [.. notebook.CodeCells.SelectMany(cell => cell.Outputs).Select(output => output?["data"]).OfType<JsonObject>()];
        Assert.NotEmpty(values);
        foreach (JsonObject value in values)
        {
            string html = NotebookText.Join(value["text/html"]);
            Assert.True(html.Length > 0 || NotebookText.Join(value["text/plain"]).Length > 0, value.ToJsonString());

            // A figure is recognised by its static picture; tables of small charts are HTML alone.
            if (html.Contains("class=\"courselib-figure", StringComparison.Ordinal))
            {
                JsonNode plotly = JsonNode.Parse(NotebookText.Join(value[FigureFormatterSource.PlotlyMimeType]))!;
                Assert.NotEmpty(plotly["data"]!.AsArray());
                Assert.NotNull(plotly["layout"]);
            }
        }
    }
}
