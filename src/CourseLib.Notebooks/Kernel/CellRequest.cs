namespace CourseLib.Notebooks.Kernel;

/// <summary>A cell to run.</summary>
/// <param name="Source">Its text.</param>
/// <param name="Number">The number shown beside it.</param>
/// <param name="Threads">Threads that the library's kernels may use from now on.</param>
internal readonly record struct CellRequest(string Source, int Number, int Threads);
