namespace CourseLib.Data;

/// <summary>
/// An IDX file is not what it should be: truncated, corrupt, of another type or shape, or with bytes to spare. The message names the file,
/// what was found and what was expected. A file that is missing or cannot be opened is the usual <see cref="IOException"/> instead.
/// </summary>
public sealed class IdxException : IOException
{
    /// <summary>An error with no message of its own.</summary>
    public IdxException()
    {
    }

    /// <summary>An error with its message.</summary>
    /// <param name="message">File, what was found, what was expected.</param>
    public IdxException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and its cause.</summary>
    /// <param name="message">File, what was found, what was expected.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public IdxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
