using CourseLib.Course;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Exercises;

/// <summary>What a run says of the exercises: solutions have to solve them, stubs must not.</summary>
/// <param name="Solved">Checks in the solutions that are solved.</param>
/// <param name="Checks">Checks in the solutions.</param>
/// <param name="Problems">What is wrong, for a reader.</param>
internal sealed record ExerciseAudit(int Solved, int Checks, IReadOnlyList<string> Problems)
{
    /// <summary>Looks at the outputs of a run.</summary>
    public static ExerciseAudit Of(IReadOnlyList<ExecutedNotebook> notebooks)
    {
        List<string> problems = [];
        (int solved, int checks) = (0, 0);
        foreach (ExecutedNotebook notebook in notebooks.Where(notebook => notebook.Notebook is not null))
        {
            string folder = Path.GetFileName(Path.GetDirectoryName(notebook.Path)!);
            IReadOnlyList<ExerciseRecord> records = folder is "solutions" or "exercises" ? ExerciseRecord.Read(notebook.Notebook!) : [];
            ExerciseState wanted = folder == "solutions" ? ExerciseState.Solved : ExerciseState.NotDone;
            problems.AddRange(records.Where(record => record.State != wanted).Select(record => $"{notebook.Name}: {record.Id} is {ProgressTable.Words(record.State)}, expected {ProgressTable.Words(wanted)}"));
            checks += folder == "solutions" ? records.Count : 0;
            solved += folder == "solutions" ? records.Count(record => record.State == ExerciseState.Solved) : 0;
        }

        return new(solved, checks, problems);
    }
}
