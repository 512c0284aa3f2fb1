namespace CourseLib.Notebooks.Kernel;

/// <summary>What the process of a kernel is started with.</summary>
/// <param name="WorkingDirectory">The notebook's folder: paths in its cells are relative to it.</param>
/// <param name="Threads">Threads that the library's kernels may use.</param>
/// <param name="DataDirectory">The folder of data files, absolute; null for what the environment says.</param>
/// <param name="Full">Whether notebooks run their long versions.</param>
internal sealed record KernelSettings(string WorkingDirectory, int Threads, string? DataDirectory, bool Full);
