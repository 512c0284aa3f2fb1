using System.Text.Json.Nodes;
using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Tests.Exercises;

/// <summary>What a run holds against exercises and solutions, and what it leaves to learners.</summary>
public sealed class ExerciseAuditTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("courselib-audit-").FullName;

    public ExerciseAuditTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "solutions"));
        new NotebookBuilder().Markdown("# 05 Solutions: a start").Code("// <solution>\n1\n// </solution>").Code("Exercise.Check(\"a.b\", F)").Build().Write(Path.Combine(folder, "solutions", "05.ipynb"));
        ExercisesCommand.Derive(Path.Combine(folder, "solutions"), Path.Combine(folder, "exercises"), check: false, TextWriter.Null);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Solutions_have_to_solve_and_untouched_stubs_must_not()
    {
        Assert.Empty(ExerciseAudit.Of([Run("solutions", "Solved"), Run("exercises", "NotDone")]).Problems);
        ExerciseAudit audit = ExerciseAudit.Of([Run("solutions", "Wrong"), Run("exercises", "Solved")]);
        Assert.Equal(["05-solutions: a.b is wrong, expected solved", "05-exercises: a.b is solved, expected not done"], audit.Problems);
        Assert.Equal((0, 1), (audit.Solved, audit.Checks));
    }

    [Fact]
    public void What_a_learner_wrote_in_the_exercises_is_no_fault()
    {
        string path = Path.Combine(folder, "exercises", "05.ipynb");
        NotebookDocument notebook = NotebookDocument.Read(path);
        notebook.Cells[1].Source = "2";
        notebook.Write(path);
        ExerciseAudit audit = ExerciseAudit.Of([Run("exercises", "Wrong")]);
        Assert.Empty(audit.Problems);
        Assert.Equal([new ExerciseAudit.Attempt("05-exercises", 0, 1)], audit.Attempts);
    }

    [Fact]
    public void So_is_nothing_that_was_handed_in_even_from_a_folder_named_solutions()
    {
        ExecutedNotebook plain = Run("solutions", "Wrong") with { Notebook = new NotebookBuilder().Code("1").Build() };
        ExerciseAudit audit = ExerciseAudit.Of([], [Run("solutions", "Wrong"), Run("exercises", "Solved"), plain]);
        Assert.Empty(audit.Problems);
        Assert.Equal([0, 1], audit.Attempts.Select(attempt => attempt.Solved));
    }

    private ExecutedNotebook Run(string kind, string state)
    {
        string path = Path.Combine(folder, kind, "05.ipynb");
        NotebookDocument notebook = NotebookDocument.Read(path).Clone();
        notebook.Cells[2].Outputs.Add(new JsonObject { ["output_type"] = "execute_result", ["data"] = new JsonObject { ["text/html"] = $"<div class=\"courselib-exercise\" data-exercise=\"a.b\" data-state=\"{state}\" data-passed=\"1\" data-misconception=\"\" style=\"\">" } });
        return new(NotebookName.Of(path), path, notebook, [], [], 0, null);
    }
}
