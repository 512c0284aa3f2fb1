namespace CourseLib.Notebooks.Format;

/// <summary>A notebook file that cannot be used. The message names the file, the place in it and what was expected there.</summary>
public sealed class NotebookException : Exception
{
    /// <summary>An error without a message.</summary>
    public NotebookException() { }

    /// <summary>An error with its message.</summary>
    public NotebookException(string message) : base(message) { }

    /// <summary>An error with its message and its cause.</summary>
    public NotebookException(string message, Exception? innerException) : base(message, innerException) { }
}
