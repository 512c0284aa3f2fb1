using System.Text.Json.Nodes;
using CourseLib.Course;
using CourseLib.Notebooks.Book.Code;
using CourseLib.Notebooks.Book.Formulas;
using CourseLib.Notebooks.Book.Prose;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Book.Pages;

/// <summary>The content of a notebook's page.</summary>
internal sealed class NotebookPage(PageSource source, TypesetFormulas formulas, NotebookLinks links)
{
    private readonly ExecutedNotebook notebook = source.Notebook;
    private readonly MarkupWriter html = new();
    private readonly HashSet<string> anchors = new(StringComparer.Ordinal);

    /// <summary>Renders the cells.</summary>
    public Markup Render()
    {
        if (source.Untitled)
        {
            html.Add($"<h1>{source.Title}</h1>\n");
            AddProblem();
        }

        int number = 0;
        bool told = source.Untitled;
        foreach (NotebookCell cell in notebook.Notebook?.Cells ?? [])
        {
            switch (cell.Kind)
            {
                case CellKind.Markdown:
                    links.Cell = cell;
                    html.Add($"<div class=\"prose\">\n{BookMarkdown.Render(source.Text(cell), formulas, links)}\n</div>\n");
                    if (!told)
                    {
                        AddProblem();
                        told = true;
                    }

                    break;
                case CellKind.Code when !IsBlank(cell):
                    number++;
                    AddCode(cell, notebook.Outcome(cell.Index)?.Number ?? number);
                    break;
                case CellKind.Raw:
                    html.Add($"<pre class=\"raw\">{cell.Source}</pre>\n");
                    break;
                default:
                    number++;
                    break;
            }
        }

        return html.ToHtml();
    }

    private static bool IsBlank(NotebookCell cell) => string.IsNullOrWhiteSpace(cell.Source) && cell.Outputs.Count == 0;

    /// <summary>A notebook that did not run to its end says so below its title, before the reader meets the gap.</summary>
    private void AddProblem()
    {
        if (notebook.Problem is { } problem)
        {
            html.Add($"<div class=\"output error\" role=\"note\"><p class=\"what\">This notebook could not be run.</p><pre>{problem}</pre></div>\n");
        }
        else if (notebook.Skipped is { } reason)
        {
            html.Add($"<div class=\"output\" role=\"note\"><p class=\"what\">This notebook was not run here: {reason}.</p></div>\n");
        }
        else if (notebook.Stopped is { } cell)
        {
            html.Add($"<div class=\"output error\" role=\"note\"><p class=\"what\">This notebook stopped: <a href=\"#{PageNames.Cell(cell.Number)}\">cell [{cell.Number}]</a> ");
            html.Add($"{CellProblem.Verb(cell.Status)}. The cells after it did not run.</p></div>\n");
        }
    }

    private void AddCode(NotebookCell cell, int number)
    {
        CellOutcome? outcome = notebook.Outcome(cell.Index);
        bool idle = outcome is null or { Status: CellStatus.NotRun };
        string name = idle ? "cell idle" : outcome!.Status == CellStatus.Succeeded ? "cell" : "cell failed";
        html.Add($"<div class=\"{name}\" id=\"{PageNames.Cell(number)}\" role=\"group\" aria-label=\"Cell {number}\">\n");
        html.Add($"<a class=\"number\" href=\"#{PageNames.Cell(number)}\" aria-label=\"Link to cell {number}\">[{number}]</a>\n");
        bool isCSharp = cell.KernelName is null or "csharp" or "C#";
        html.Add($"<pre class=\"code\"><code>{(isCSharp ? CSharpHighlighter.Highlight(cell.Source) : Markup.Text(cell.Source))}</code></pre>\n");
        if (idle && notebook.Skipped is null)
        {
            html.Add($"<p class=\"note\">This cell did not run.</p>\n");
        }

        AddOutputs(cell, outcome);
        html.Add($"</div>\n");
    }

    private void AddOutputs(NotebookCell cell, CellOutcome? outcome)
    {
        List<string> claims = notebook.Claims.Where(claim => claim.CellIndex == cell.Index).Select(claim => claim.Id).Distinct().ToList();
        foreach (string? claim in claims.Where(claim => !cell.Outputs.Any(output => OutputHtml.Reports(output, claim))))
        {
            AddAnchor(claim);
        }

        foreach (JsonNode? output in cell.Outputs)
        {
            foreach (string? claim in claims.Where(claim => OutputHtml.Reports(output, claim)))
            {
                AddAnchor(claim);
            }

            html.Add(OutputHtml.Render(output, outcome));
        }

        bool shows = NotebookName.Companion(notebook.Name) is { Kind: "solutions" };
        foreach (ExerciseRecord check in ExerciseRecord.Read(cell.Outputs).Where(check => !shows && Exercise.All.Contains(check.Id)))
        {
            AddHelp(check.Id);
        }

        bool told = cell.Outputs.Any(output => (string?)output?["output_type"] == "error");
        if (!told && outcome is { Status: not (CellStatus.Succeeded or CellStatus.NotRun) })
        {
            html.Add(OutputHtml.Error(outcome, outcome.Status.ToString(), outcome.Error?.Message ?? "This cell " + CellProblem.Verb(outcome.Status) + "."));
        }
    }

    // A reader without a kernel cannot ask for hints: here they are folded.
    private void AddHelp(string id)
    {
        ExerciseHint hint = Exercise.Hint(id, 1);
        for (int step = 1; step <= hint.Steps; step++)
        {
            hint = Exercise.Hint(id, step);
            Markup title = Markup.Text(step < hint.Steps ? FormattableString.Invariant($"Hint {step}") : "Solution");
            html.Add($"<details class=\"help\"><summary>{title}</summary>\n<p>{hint.Text}</p>\n");
            if (hint.Code.Length > 0)
            {
                html.Add($"<pre class=\"code\"><code>{CSharpHighlighter.Highlight(hint.Code)}</code></pre>\n");
            }

            html.Add($"</details>\n");
        }
    }

    private void AddAnchor(string claim)
    {
        if (anchors.Add(claim))
        {
            html.Add($"<span class=\"anchor\" id=\"{PageNames.Claim(claim)}\"></span>\n");
        }
    }
}
