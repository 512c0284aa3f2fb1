using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Progress;

/// <summary>One line for each cell that has ended: for logs.</summary>
internal sealed class PlainProgress(TextWriter writer) : IRunProgress
{
    private readonly TextWriter writer = TextWriter.Synchronized(writer);

    public void Started(string notebook, int cells) => writer.WriteLine(FormattableString.Invariant($"{notebook}  {cells} cells"));

    public void CellStarted(string notebook, int number, int cells) { }

    public void CellEnded(string notebook, CellOutcome outcome, int cells) =>
        writer.WriteLine(FormattableString.Invariant($"{notebook}  cell {outcome.Number}/{cells}  {outcome.Seconds:0.0} s{Remark(outcome.Status)}"));

    public void Ended(ExecutedNotebook notebook) =>
        writer.WriteLine(FormattableString.Invariant($"{notebook.Name}  {(notebook.Skipped is not null ? "skipped" : notebook.Succeeded ? "done" : notebook.ReachedEnd ? "done with failures" : "STOPPED")}  {notebook.Seconds:0.0} s"));

    private static string Remark(CellStatus status) => status switch
    {
        CellStatus.Failed => "  FAILED",
        CellStatus.TimedOut => "  TIME LIMIT",
        CellStatus.Cancelled => "  cancelled",
        _ => "",
    };
}
