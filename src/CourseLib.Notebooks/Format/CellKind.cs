namespace CourseLib.Notebooks.Format;

/// <summary>What a cell holds (nbformat's <c>cell_type</c>).</summary>
public enum CellKind
{
    /// <summary>Source that a kernel runs.</summary>
    Code,

    /// <summary>Text for the reader.</summary>
    Markdown,

    /// <summary>Text that no tool interprets.</summary>
    Raw,
}
