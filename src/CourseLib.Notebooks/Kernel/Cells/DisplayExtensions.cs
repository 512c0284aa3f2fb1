namespace CourseLib.Notebooks.Kernel.Cells;

/// <summary>
/// What a cell may call without a using, as the notebook hosts offer it. The namespace is imported into every cell,
/// so it holds nothing else.
/// </summary>
public static class DisplayExtensions
{
    /// <summary>Shows <paramref name="value"/> at this place of the cell's output.</summary>
    public static void Display(this object? value) => KernelOutputs.Current.Display(ObjectDisplay.Bundle(value));
}
