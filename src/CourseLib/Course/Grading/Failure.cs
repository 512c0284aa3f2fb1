namespace CourseLib.Course.Grading;

/// <summary>What to tell somebody whose code did not give an answer.</summary>
internal static class Failure
{
    /// <summary>The problem in one sentence; null where the stub is untouched.</summary>
    public static string? Of(Exception e) => e switch
    {
        NotDoneYetException => null,
        WrongKindException => $"your method returned something else: {e.Message}",
        EndlessException { IsAborted: true } => "your code did not come to an end and was stopped: look for a loop whose condition never becomes false",
        EndlessException => "your code waits for something that never comes and was left behind: look for a wait, a lock or an input that nobody gives",
        _ => $"your code threw {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}{Line(e)}",
    };

    // The innermost frame that lies in a cell: a script has no file of its own, or one that names the cell.
    private static string Line(Exception e)
    {
        System.Diagnostics.StackFrame? frame = new System.Diagnostics.StackTrace(e, fNeedFileInfo: true).GetFrames().FirstOrDefault(candidate => candidate.GetMethod()?.DeclaringType?.FullName?.StartsWith("Submission#", StringComparison.Ordinal) == true);
        return frame?.GetFileLineNumber() is > 0 and int line ? FormattableString.Invariant($" (line {line} of the cell)") : "";
    }
}
