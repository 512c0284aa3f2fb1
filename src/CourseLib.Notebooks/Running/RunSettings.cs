namespace CourseLib.Notebooks.Running;

/// <summary>How notebooks are run.</summary>
/// <param name="Limit">How long one cell may take.</param>
/// <param name="DataDirectory">The folder of data files, absolute; null for what the environment says.</param>
/// <param name="Full">Whether notebooks run their long versions.</param>
/// <param name="Threads">Threads for the library's kernels in each notebook; null to divide the cores among the notebooks that run.</param>
internal sealed record RunSettings(TimeSpan Limit, string? DataDirectory = null, bool Full = false, int? Threads = null);
