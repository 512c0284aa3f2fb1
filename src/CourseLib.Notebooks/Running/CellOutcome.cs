namespace CourseLib.Notebooks.Running;

/// <summary>One code cell of a run. Its outputs stand in the executed notebook's document, in nbformat's form.</summary>
/// <param name="Index">The cell's place among all cells of the notebook, from 0.</param>
/// <param name="Number">The number shown beside the cell (<c>execution_count</c>), from 1, whether it ran or not.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Seconds">How long it ran, compilation included.</param>
/// <param name="Error">Why it failed; null for a cell that did not.</param>
public sealed record CellOutcome(int Index, int Number, CellStatus Status, double Seconds, CellError? Error);
