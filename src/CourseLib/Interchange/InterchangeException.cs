namespace CourseLib.Interchange;

/// <summary>
/// A file of tensors is not what it should be: damaged, cut off, of a kind that is not read, made to do harm, or not of the model that it is loaded into.
/// The message names the file, the field and what was expected. A file that is missing or cannot be opened is the usual <see cref="IOException"/> instead.
/// </summary>
public sealed class InterchangeException : IOException
{
    /// <summary>An error with no message of its own.</summary>
    public InterchangeException()
    {
    }

    /// <summary>An error with its message.</summary>
    /// <param name="message">File, field, what was found, what was expected.</param>
    public InterchangeException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and its cause.</summary>
    /// <param name="message">File, field, what was found, what was expected.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public InterchangeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
