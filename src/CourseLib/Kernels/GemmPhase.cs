namespace CourseLib.Kernels;

/// <summary>What of a product is packed, then multiplied, in one go: a slice of k, and of C some blocks of columns that follow each other.</summary>
/// <param name="Slice">Index of the slice.</param>
/// <param name="Column">Index of the first block of columns.</param>
/// <param name="Columns">How many of them.</param>
internal readonly record struct GemmPhase(int Slice, int Column, int Columns);
