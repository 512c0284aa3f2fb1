namespace CourseLib.Kernels;

/// <summary>All that a <see cref="Generator"/> is: its numbers are a function of the seed and of how many were taken (Philox; Salmon et al. 2011).</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Position">How many numbers of 32 bits were taken.</param>
public readonly record struct GeneratorState(ulong Seed, ulong Position);
