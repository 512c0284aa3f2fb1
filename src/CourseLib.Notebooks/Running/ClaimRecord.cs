namespace CourseLib.Notebooks.Running;

/// <summary>A claim as a cell reported it: the data attributes of its HTML.</summary>
/// <param name="Id">The claim's id in the ledger.</param>
/// <param name="Notebook">The notebook whose cell verified it.</param>
/// <param name="Holds">The verdict.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Measured">What the cell measured.</param>
/// <param name="Margin">How far the two may be apart.</param>
/// <param name="Control">The control: what had to be false for the same predicate, and came out so.</param>
/// <param name="CellIndex">The cell's place among all cells of the notebook, from 0; -1 for a claim that no cell verified.</param>
public sealed record ClaimRecord(string Id, string Notebook, bool Holds, string Expected, string Measured, string Margin, string Control, int CellIndex);
