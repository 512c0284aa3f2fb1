using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Tests.Format;

public class RoundTripTests
{
    [Theory]
    [InlineData("{\n \"cells\": [],\n \"metadata\": {},\n \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n")]
    [InlineData("{\n  \"nbformat_minor\": 5,\n  \"nbformat\": 4,\n  \"unknown\": [1.0, 1e5, -0, null, true],\n  \"cells\": []\n}", "{\n  \"nbformat_minor\": 5,\n  \"nbformat\": 4,\n  \"unknown\": [\n    1.0,\n    1e5,\n    -0,\n    null,\n    true\n  ],\n  \"cells\": []\n}")]
    [InlineData("{\r\n    \"cells\": [],\r\n    \"nbformat\": 4\r\n}\r\n")]
    [InlineData("{\n \"cells\": [\n  {\n   \"cell_type\": \"markdown\",\n   \"attachments\": {\n    \"a.png\": {\n     \"image/png\": \"\\ud83d \\/\"\n    }\n   },\n   \"source\": \"# Ω 😀 \\u00e9 </script> \\u2028\"\n  }\n ],\n \"nbformat\": 4\n}\n")]
    [InlineData("{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"a\\n\",\n    \"b\"\n  ],\n   \"outputs\": []\n  }\n ],\n \"nbformat\": 4\n}\n", "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"a\\n\",\n    \"b\"\n   ],\n   \"outputs\": []\n  }\n ],\n \"nbformat\": 4\n}\n")]
    public void A_notebook_comes_out_as_it_was_read(string json, string? canonical = null) =>
        Assert.Equal(canonical ?? json, NotebookDocument.Parse(json).ToJson());

    [Fact]
    public void One_line_gets_the_layout_of_Jupyter() =>
        Assert.Equal("{\n \"cells\": [],\n \"nbformat\": 4\n}\n", NotebookDocument.Parse("{\"cells\":[],\"nbformat\":4}").ToJson());

    [Fact]
    public void Changing_one_cell_changes_nothing_else()
    {
        const string json = "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"x\": 1,\n   \"source\": \"1\"\n  },\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"2\"\n   ]\n  }\n ],\n \"nbformat\": 4\n}\n";
        NotebookDocument notebook = NotebookDocument.Parse(json);
        notebook.Cells[0].Source = "a\n\"b\" 😀\t\u0001";
        notebook.Cells[1].Source = "c\nd\n";
        Assert.Equal(json.Replace("\"1\"", "\"a\\n\\\"b\\\" 😀\\t\\u0001\"", StringComparison.Ordinal).Replace("    \"2\"\n", "    \"c\\n\",\n    \"d\\n\"\n", StringComparison.Ordinal), notebook.ToJson());
        Assert.Equal(["a\n\"b\" 😀\t\u0001", "c\nd\n"], NotebookDocument.Parse(notebook.ToJson()).Cells.Select(cell => cell.Source));
    }

    [Fact]
    public void A_copy_shares_nothing()
    {
        NotebookDocument notebook = new NotebookBuilder().Code("1").Build();
        notebook.Clone().Cells[0].Source = "2";
        Assert.Equal("1", notebook.Cells[0].Source);
    }

    [Fact]
    public void Clearing_removes_outputs_and_number_and_says_whether_there_were_any()
    {
        NotebookCell cell = NotebookDocument.Parse("""{"nbformat":4,"cells":[{"cell_type":"code","source":"","execution_count":3,"outputs":[{}]}]}""").Cells[0];
        Assert.True(cell.Clear());
        Assert.Empty(cell.Outputs);
        Assert.Null(cell.ExecutionCount);
        Assert.False(cell.Clear());
    }

    [Fact]
    public void A_new_notebook_has_the_metadata_that_both_hosts_need()
    {
        NotebookDocument notebook = new NotebookBuilder().Markdown("# Title\ntext").Code("1 + 1").Code("1 + 1").Build();
        Assert.Equal("Title", notebook.Title);
        Assert.Equal(".net-csharp", (string?)notebook.Root["metadata"]!["kernelspec"]!["name"]);
        Assert.Equal("csharp", (string?)notebook.Root["metadata"]!["polyglot_notebook"]!["kernelInfo"]!["defaultKernelName"]);
        Assert.All(notebook.CodeCells, cell => Assert.Equal("csharp", cell.KernelName));
        Assert.Equal(3, notebook.Cells.Select(cell => cell.Id).Distinct().Count());
        Assert.Equal(5, (int?)notebook.Root["nbformat_minor"]);
        Assert.Equal(notebook.ToJson(), NotebookDocument.Parse(notebook.ToJson()).ToJson());
    }
}
