namespace CourseLib.Course.Grading;

/// <summary>How hard an exercise is.</summary>
internal enum Level
{
    /// <summary>A formula of the notebook, written down.</summary>
    Easy,

    /// <summary>Something has to be put together.</summary>
    Medium,

    /// <summary>Something has to be derived or found.</summary>
    Hard,
}
