using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Book;

/// <summary>Words for what became of a cell.</summary>
internal static class CellProblem
{
    /// <summary>What the cell did, as in "cell [3] failed".</summary>
    public static string Verb(CellStatus status) => status switch
    {
        CellStatus.Succeeded => "ran",
        CellStatus.Failed => "failed",
        CellStatus.TimedOut => "was ended at its time limit",
        CellStatus.Cancelled => "was cancelled",
        _ => "did not run",
    };

    /// <summary>Where and why, in one line.</summary>
    public static string Sentence(CellOutcome cell)
    {
        string place = FormattableString.Invariant($"Cell [{cell.Number}]");
        return cell.Error is not { } error ? $"{place} {Verb(cell.Status)}"
            : error.Line is { } line ? FormattableString.Invariant($"{place}, line {line}: {error.Name}")
            : $"{place}: {error.Name}";
    }
}
