using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Tests.Exercises;

/// <summary>From a solution to the student's notebook.</summary>
public sealed class DerivationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("courselib-exercises-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_solution_gives_way_to_a_stub_and_the_rest_stays()
    {
        NotebookDocument exercise = Derivation.Of(new NotebookBuilder().Markdown("# Text").Code("int F()\n{\n    // <solution>\n    int a = 1;\n    return a;\n    // </solution>\n}\nF()").Build(), "05");
        Assert.Equal(["# Text", "int F()\n{\n    throw new NotDoneYetException(); // your code instead of this line\n}\nF()"], exercise.Cells.Select(cell => cell.Source));
    }

    [Fact]
    public void The_title_says_what_it_is_and_leads_to_the_solutions() =>
        Assert.Equal("# 05 Exercises: a start\n\nSolutions … Everything solved: [05 Solutions: a start](../solutions/05-start.ipynb).", Derivation.Of(new NotebookBuilder().Markdown("# 05 Solutions: a start\n\nSolutions …\n").Code("// <solution>\n1\n// </solution>").Build(), "05-start-solutions").Cells[0].Source);

    [Fact]
    public void A_stub_of_ones_own_stands_behind_the_mark() =>
        Assert.Equal("double? step = null;\nstep", Derivation.Of(new NotebookBuilder().Code("// <solution> double? step = null;\ndouble? step = 0.5;\n// </solution>\nstep").Build(), "05").Cells[0].Source);

    [Fact]
    public void Cells_for_the_solutions_only_are_left_out_and_so_are_outputs()
    {
        NotebookDocument solution = new NotebookBuilder().Code("// <solution>\n1\n// </solution>").Markdown("Why it is so.").Build();
        solution.Cells[0].Outputs.Add(new System.Text.Json.Nodes.JsonObject { ["output_type"] = "stream" });
        solution.Cells[1].Node["metadata"] = new System.Text.Json.Nodes.JsonObject { ["tags"] = new System.Text.Json.Nodes.JsonArray("solution") };
        NotebookDocument exercise = Derivation.Of(solution, "05");
        Assert.Empty(Assert.Single(exercise.Cells).Outputs);
        Assert.Equal(2, solution.Cells.Count);
        Assert.Single(solution.Cells[0].Outputs);
    }

    [Theory]
    [InlineData("1 + 1", "no solution is marked")]
    [InlineData("// <solution>\n1", "// <solution> without // </solution>")]
    [InlineData("// </solution>\n1", "cell 1: // </solution> ends no solution")]
    [InlineData("// <solution>\n// <solution>\n// </solution>", "cell 1: // <solution> stands inside a solution")]
    public void Marks_that_do_not_fit_are_named(string source, string fault) =>
        Assert.Contains(fault, Assert.Throws<NotebookException>(() => Derivation.Of(new NotebookBuilder().Code(source).Build(), "05")).Message);

    [Fact]
    public void The_command_writes_what_is_missing_and_the_check_only_names_it()
    {
        (string solutions, string exercises) = (Path.Combine(folder, "solutions"), Path.Combine(folder, "exercises"));
        Directory.CreateDirectory(solutions);
        new NotebookBuilder().Code("// <solution>\n1\n// </solution>").Build().Write(Path.Combine(solutions, "05.ipynb"));
        StringWriter said = new();
        Assert.Equal(1, ExercisesCommand.Derive(solutions, exercises, check: true, said));
        Assert.False(Directory.Exists(exercises));
        Assert.Equal(0, ExercisesCommand.Derive(solutions, exercises, check: false, said));
        Assert.Equal(0, ExercisesCommand.Derive(solutions, exercises, check: true, said));

        File.AppendAllText(Path.Combine(exercises, "05.ipynb"), " ");
        Assert.Equal(1, ExercisesCommand.Derive(solutions, exercises, check: true, said));
        File.WriteAllText(Path.Combine(exercises, "06.ipynb"), "{}");
        Assert.Equal(1, ExercisesCommand.Derive(solutions, exercises, check: false, said));
        Assert.Contains("06.ipynb has no solution", said.ToString());
        Assert.True(File.Exists(Path.Combine(exercises, "06.ipynb")));
    }
}
