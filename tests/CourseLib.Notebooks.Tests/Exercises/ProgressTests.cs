using System.Text.Json.Nodes;
using CourseLib.Course;
using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Tests.Exercises;

/// <summary>Reading results off executed notebooks.</summary>
public sealed class ProgressTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("courselib-progress-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_a_check_writes_is_read_back()
    {
        string html = Exercise.Check("bn.forward", null).ToHtml();
        Assert.Equal([new ExerciseRecord("bn.forward", ExerciseState.NotDone, "")], ExerciseRecord.Read(Executed(html)));
        Assert.Equal(new ExerciseRecord("a.b", ExerciseState.Wrong, "m < n"), Assert.Single(ExerciseRecord.Read(Executed(Html("a.b", "Wrong", "m &lt; n")))));
    }

    [Fact]
    public void Of_several_checks_the_last_counts() =>
        Assert.Equal(ExerciseState.Solved, Assert.Single(ExerciseRecord.Read(Executed(Html("a.b", "Wrong"), Html("a.b", "Solved")))).State);

    [Fact]
    public void One_learner_sees_a_line_for_each_exercise()
    {
        Executed(Html("bn.forward", "Solved"), Html("z.z", "Wrong", "sign")).Write(Path.Combine(folder, "05.ipynb"));
        Assert.Equal(["✓  bn.forward                   solved", "✗  z.z                          wrong (sign)", "1 of 2 solved"], Lines(ProgressTable.Read(folder).ToText()));
    }

    [Fact]
    public void An_instructor_sees_a_line_for_each_student_a_page_and_a_spreadsheet()
    {
        Hand("ann", "12.ipynb", Html("bn.forward", "Solved"));
        Hand("ann", "13.ipynb", Html("z.z", "NotDone"));
        Hand("bob, jr", "12.ipynb", Html("bn.forward", "Broken"));
        Hand("bob, jr", "12 again.ipynb", Html("bn.forward", "Solved"));
        File.WriteAllText(Path.Combine(folder, "bob, jr", "x.ipynb"), "no notebook");
        StringWriter said = new();
        (string page, string csv) = (Path.Combine(folder, "out", "p.html"), Path.Combine(folder, "out", "p.csv"));
        Assert.Equal(1, ProgressCommand.Show(folder, page, csv, said));
        Assert.StartsWith("ann                      ✓○ 1 of 2", said.ToString());
        Assert.Contains("bob, jr                  ✓· 1 of 2", said.ToString());
        Assert.Contains("not read: ", said.ToString());
        Assert.Equal("learner,solved,note,misconceptions,bn.forward,z.z\nann,1,,,solved,not done\n\"bob, jr\",1,,,solved,\n", File.ReadAllText(csv));
        Assert.Contains("<th scope=\"col\">bob, jr</th>", File.ReadAllText(page));
    }

    [Fact]
    public void Wrong_ideas_are_told_in_the_table_the_page_and_the_spreadsheet()
    {
        Hand("ann", "12.ipynb", Html("bn.forward", "Wrong", "forgotten epsilon"));
        Hand("ann", "13.ipynb", Html("z.z", "Wrong", "sign, or not"));
        Hand("bob", "12.ipynb", Html("bn.forward", "Solved"));
        ProgressTable table = ProgressTable.Read(folder);
        Assert.Equal(
        [
            "ann                      ✗✗ 0 of 2", "    ✗ bn.forward: forgotten epsilon", "    ✗ z.z: sign, or not", "bob                      ✓· 1 of 2",
            $"in the order bn.forward, z.z; {ProgressTable.Legend}", "1 of 4 solved",
        ],
        Lines(table.ToText()));
        Assert.Equal(["learner,solved,note,misconceptions,bn.forward,z.z", "ann,0,,\"bn.forward: forgotten epsilon; z.z: sign, or not\",wrong,wrong", "bob,1,,,solved,"], Lines(table.ToCsv()));
        Assert.Contains("<li>ann, z.z: sign, or not</li>", ProgressPage.Of(table));
    }

    [Fact]
    public void Who_handed_in_a_notebook_without_outputs_is_told_with_what_to_do()
    {
        Hand("ann", "12.ipynb", Html("bn.forward", "Solved"));
        foreach (string student in new[] { "anna", "ann" })
        {
            Directory.CreateDirectory(Path.Combine(folder, student));
            new NotebookBuilder().Code("Exercise.Check(\"bn.forward\", Mine)").Code("Exercise.Check(\"z.z\", Mine)").Build().Write(Path.Combine(folder, student, "12 late.ipynb"));
        }

        new NotebookBuilder().Code("1 + 1").Build().Write(Path.Combine(folder, "no exercises.ipynb"));
        ProgressTable table = ProgressTable.Read(folder);
        Assert.Equal(
        [
            "ann                      ✓– 1 of 2  1 not run", "anna                     –– 0 of 2  nothing was run",
            $"in the order bn.forward, z.z; {ProgressTable.Legend}", "1 of 4 solved",
            $"not run: the notebook was saved without its outputs, or stopped before; `course run {folder}` runs it, then `course progress artifacts/handed-in`",
        ],
        Lines(table.ToText()));
        Assert.Equal(["learner,solved,note,misconceptions,bn.forward,z.z", $"ann,1,1 not run: course run {folder},,solved,not run", $"anna,0,nothing was run: course run {folder},,not run,not run"], Lines(table.ToCsv()));
        string page = ProgressPage.Of(table);
        Assert.Contains("<li>anna: nothing was run</li>", page);
        Assert.Contains($"<code>course run {folder}</code> runs it", page);
        Assert.Contains("title=\"not run\">– <", page);
    }

    [Fact]
    public void A_check_whose_cell_does_not_compile_has_no_answer_and_what_a_run_left_is_not_to_be_run_again()
    {
        string results = Path.Combine(folder, "artifacts", "handed-in");
        Directory.CreateDirectory(Path.Combine(results, "ann"));
        NotebookDocument notebook = new NotebookBuilder().Code("Exercise.Check(\"bn.forward\", Mine)").Code("Exercise.Check(\"z.z\", Mine)").Build();
        notebook.Cells[0].Outputs.Add(new JsonObject { ["output_type"] = "error", ["ename"] = "CompilationError", ["evalue"] = "(1,30): error CS0103", ["traceback"] = new JsonArray() });
        notebook.Write(Path.Combine(results, "ann", "12.ipynb"));
        ProgressTable table = ProgressTable.Read(results);
        Assert.Equal(["learner,solved,note,misconceptions,bn.forward,z.z", "ann,0,1 not run,,no answer,not run"], Lines(table.ToCsv()));
        Assert.Contains("by its time limit or with the process", table.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("course run", table.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_learner_sees_what_was_not_run_and_a_folder_without_exercises_says_so()
    {
        new NotebookBuilder().Code("1 + 1").Build().Write(Path.Combine(folder, "05.ipynb"));
        Assert.Equal([$"no notebook in {folder} has exercises"], Lines(ProgressTable.Read(folder).ToText()));
        new NotebookBuilder().Code("Exercise.Check(\"bn.forward\", Mine)").Build().Write(Path.Combine(folder, "12-solutions.ipynb"));
        Assert.Equal("–  bn.forward                   not run", Lines(ProgressTable.Read(folder).ToText())[0]);
        Assert.Empty(ProgressTable.Read(folder, name => !name.EndsWith("-solutions", StringComparison.Ordinal)).Rows);
    }

    [Fact]
    public void A_name_that_a_spreadsheet_would_compute_is_text()
    {
        Hand("=1+1", "12.ipynb", Html("bn.forward", "Solved"));
        Assert.Contains("\n'=1+1,1,,,solved\n", ProgressTable.Read(folder).ToCsv());
    }

    [Fact]
    public void An_empty_folder_is_told_as_such()
    {
        Assert.Contains("there are no notebooks in", Assert.Throws<NotebookException>(() => ProgressTable.Read(folder)).Message);
        Assert.Contains("there is no folder", Assert.Throws<NotebookException>(() => ProgressTable.Read(folder + "-not")).Message);
    }

    private static string Html(string id, string state, string idea = "") => $"<div class=\"courselib-exercise\" data-exercise=\"{id}\" data-state=\"{state}\" data-passed=\"1\" data-misconception=\"{idea}\" style=\"\">";

    private static NotebookDocument Executed(params string[] htmls)
    {
        NotebookBuilder builder = new();
        foreach (string _ in htmls)
        {
            builder.Code("Exercise.Check(…)");
        }

        NotebookDocument notebook = builder.Build();
        foreach ((NotebookCell cell, string html) in notebook.Cells.Zip(htmls))
        {
            cell.Outputs.Add(new JsonObject { ["output_type"] = "execute_result", ["data"] = new JsonObject { ["text/html"] = html } });
        }

        return notebook;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private void Hand(string student, string file, string html)
    {
        Directory.CreateDirectory(Path.Combine(folder, student));
        Executed(html).Write(Path.Combine(folder, student, file));
    }
}
