using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Running;

/// <summary>A notebook after its run. The file it was read from is untouched.</summary>
/// <param name="Name">The file's name without its extension, such as <c>05-initialization</c>; of one that is none of the course's own with its folder, <c>anna/05-initialization</c>.</param>
/// <param name="Path">The file, absolute.</param>
/// <param name="Notebook">The notebook with its outputs; null for a file that could not be read, <see cref="Problem"/> says why.</param>
/// <param name="Cells">The code cells, in order.</param>
/// <param name="Claims">The claims that its cells reported, in order.</param>
/// <param name="Seconds">How long the notebook took.</param>
/// <param name="Problem">Why the notebook as a whole could not run (broken file, no kernel); null otherwise.</param>
public sealed record ExecutedNotebook(
    string Name,
    string Path,
    NotebookDocument? Notebook,
    IReadOnlyList<CellOutcome> Cells,
    IReadOnlyList<ClaimRecord> Claims,
    double Seconds,
    string? Problem)
{
    /// <summary>Why no cell of it was run, where that is not a failure: it is written for hosts that can do more. Null for one that was run.</summary>
    public string? Skipped { get; init; }

    /// <summary>Whether its cells ran on after one that failed: it was handed in, and a fault in it is no fault of the course.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Whether its last cell was reached: where it does not go on, after all the others ran to their end.</summary>
    public bool ReachedEnd => Succeeded || (GoesOn && Problem is null && Skipped is null && Cells.All(cell => cell.Status is CellStatus.Succeeded or CellStatus.Failed));

    /// <summary>Whether every code cell ran to its end.</summary>
    public bool Succeeded => Problem is null && Cells.All(cell => cell.Status == CellStatus.Succeeded);

    /// <summary>Whether something went wrong.</summary>
    public bool Failed => !Succeeded && Skipped is null;

    /// <summary>The first cell that did not run to its end, at which a notebook of the course stops; null when there is none.</summary>
    public CellOutcome? Stopped => Cells.FirstOrDefault(cell => cell.Status is not (CellStatus.Succeeded or CellStatus.NotRun));

    /// <summary>The outcome of the cell at <paramref name="index"/> among all cells; null for one that is not code.</summary>
    public CellOutcome? Outcome(int index) => Cells.FirstOrDefault(cell => cell.Index == index);
}
