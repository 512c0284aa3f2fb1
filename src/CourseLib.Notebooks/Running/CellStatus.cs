namespace CourseLib.Notebooks.Running;

/// <summary>What became of a code cell.</summary>
public enum CellStatus
{
    /// <summary>It ran to its end.</summary>
    Succeeded,

    /// <summary>It did not compile, threw, or ended the kernel's process.</summary>
    Failed,

    /// <summary>It was still running at its time limit and was ended.</summary>
    TimedOut,

    /// <summary>The run was cancelled while it was running.</summary>
    Cancelled,

    /// <summary>The notebook had stopped before it.</summary>
    NotRun,
}
