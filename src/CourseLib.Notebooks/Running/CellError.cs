namespace CourseLib.Notebooks.Running;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The exception's type, <c>CompilationError</c>, <c>Timeout</c> or <c>KernelEnded</c>.</param>
/// <param name="Message">What happened.</param>
/// <param name="Line">The line of the cell, from 1; null where it is not known.</param>
public sealed record CellError(string Name, string Message, int? Line);
