using System.Text;
using System.Text.Json.Nodes;
using CourseLib.Notebooks.Format;
using CourseLib.Tests.Shared;

namespace CourseLib.Notebooks.Tests.Format;

public class MutatedNotebookTests
{
    private const string Executed = """
        {
         "cells": [
          {
           "attachments": {"a.png": {"image/png": "iVBORw0KGgo="}},
           "cell_type": "markdown",
           "id": "1a",
           "metadata": {},
           "source": ["# Заголовок \ud83d\ude00\n", "text"]
          },
          {
           "cell_type": "code",
           "execution_count": 12,
           "id": "2b\u00e9",
           "metadata": {"polyglot_notebook": {"kernelName": "c\ud83d\ude00sharp"}, "dotnet_interactive": {"language": "csharp"}},
           "outputs": [
            {"name": "stdout", "output_type": "stream", "text": ["1\n", "2"]},
            {"data": {"text/html": ["<b>1</b>"], "k\ud83d\ude00": "v"}, "execution_count": 12, "metadata": {}, "output_type": "execute_result"},
            {"ename": "E", "evalue": "e", "output_type": "error", "traceback": []}
           ],
           "source": "1 + 1"
          },
          {"cell_type": "raw", "id": "3", "metadata": {}, "source": []}
         ],
         "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}},
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    [Fact]
    public void Mutated_notebooks_are_read_or_refused_and_take_little_memory()
    {
        string made = new NotebookBuilder().Markdown("# A\nb").Code("1 + 1").Build().ToJson();
        Mutator mutator = new(Encoding.UTF8.GetBytes(Executed), Encoding.UTF8.GetBytes(made));
        MutationRun.Run<NotebookException>(mutator, Use, 2_000_000);
    }

    [Fact]
    public void A_deep_indent_is_not_multiplied_by_the_lines()
    {
        string cells = string.Join(',', Enumerable.Repeat("""{"cell_type":"raw","source":[]}""", 1000));
        string json = "{\n" + new string(' ', 10_000) + "\"nbformat\":4,\"cells\":[" + cells + "]}";
        Assert.InRange(NotebookDocument.Parse(json).ToJson().Length, 0, 10 * json.Length);
    }

    [Fact]
    public void A_name_that_is_no_text_is_refused() => Assert.Contains(
        "half a surrogate pair",
        Assert.Throws<NotebookException>(() => NotebookDocument.Parse("""{"nbformat":4,"cells":[],"\ud83d":1}""")).Message,
        StringComparison.Ordinal);

    /// <summary>Reads a notebook and asks it for everything that it offers: what was read may not fail later.</summary>
    private static void Use(byte[] file)
    {
        NotebookDocument notebook = NotebookReader.Read(file, "x.ipynb");
        _ = notebook.Title;
        foreach (NotebookCell cell in notebook.Cells)
        {
            _ = (cell.Id, cell.Source, cell.KernelName, cell.ExecutionCount, cell.Metadata);
            foreach (JsonNode? output in cell.Outputs)
            {
                _ = output?.DeepClone();
            }
        }

        string written = notebook.ToJson();
        Assert.Equal(written, NotebookDocument.Parse(written).ToJson());
        NotebookDocument copy = notebook.Clone();
        foreach (NotebookCell cell in copy.Cells)
        {
            cell.Clear();
            cell.Source = "2";
        }

        _ = copy.ToJson();
        Assert.Equal(written, notebook.ToJson());
    }
}
