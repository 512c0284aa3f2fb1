using CourseLib.Course;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Exercises;

/// <summary>What a run says of the exercises: solutions have to solve them, untouched stubs must not; what a learner wrote is reported and never a fault.</summary>
/// <param name="Solved">Checks in the solutions that are solved.</param>
/// <param name="Checks">Checks in the solutions.</param>
/// <param name="Attempts">The notebooks that learners wrote in, with how many of their exercises are solved.</param>
/// <param name="Problems">What is wrong, for a reader.</param>
internal sealed record ExerciseAudit(int Solved, int Checks, IReadOnlyList<ExerciseAudit.Attempt> Attempts, IReadOnlyList<string> Problems)
{
    /// <summary>A notebook that a learner wrote in.</summary>
    internal sealed record Attempt(string Notebook, int Solved, int Checks);

    /// <summary>Looks at the outputs of a run.</summary>
    /// <param name="own">The course's own notebooks.</param>
    /// <param name="handedIn">The others.</param>
    public static ExerciseAudit Of(IReadOnlyList<ExecutedNotebook> own, IReadOnlyList<ExecutedNotebook>? handedIn = null)
    {
        List<string> problems = [];
        List<Attempt> attempts = [];
        (int solved, int checks) = (0, 0);
        foreach (ExecutedNotebook notebook in own.Where(notebook => notebook.Notebook is not null))
        {
            string folder = Path.GetFileName(Path.GetDirectoryName(notebook.Path)!);
            if (folder == "exercises" && IsWrittenIn(notebook.Path))
            {
                attempts.Add(AttemptOf(notebook));
                continue;
            }

            IReadOnlyList<ExerciseRecord> records = folder is "solutions" or "exercises" ? ExerciseRecord.Read(notebook.Notebook!) : [];
            ExerciseState wanted = folder == "solutions" ? ExerciseState.Solved : ExerciseState.NotDone;
            problems.AddRange(records.Where(record => record.State != wanted).Select(record => $"{notebook.Name}: {record.Id} is {ProgressTable.Words(record.State)}, expected {ProgressTable.Words(wanted)}"));
            checks += folder == "solutions" ? records.Count : 0;
            solved += folder == "solutions" ? records.Count(record => record.State == ExerciseState.Solved) : 0;
        }

        attempts.AddRange((handedIn ?? []).Where(notebook => notebook.Notebook is not null).Select(AttemptOf).Where(attempt => attempt.Checks > 0));
        return new(solved, checks, attempts, problems);
    }

    private static Attempt AttemptOf(ExecutedNotebook notebook) =>
        new(notebook.Name, ExerciseRecord.Read(notebook.Notebook!).Count(record => record.State == ExerciseState.Solved), ExerciseCalls.In(notebook.Notebook!).Count());

    // Code that its solution does not give is a learner's; `course exercises derive --check` tells authors about it. Outputs do not count.
    private static bool IsWrittenIn(string path)
    {
        string solution = Path.Combine(Path.GetDirectoryName(path)!, "..", "solutions", Path.GetFileName(path));
        return File.Exists(solution) && !Code(NotebookDocument.Read(path)).SequenceEqual(Code(Derivation.Of(NotebookDocument.Read(solution), NotebookName.Of(solution))));
    }

    private static IEnumerable<string> Code(NotebookDocument notebook) => notebook.CodeCells.Select(cell => cell.Source);
}
