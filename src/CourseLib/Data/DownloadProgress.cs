namespace CourseLib.Data;

/// <summary>What a download is at.</summary>
public enum DownloadState
{
    /// <summary>Bytes are arriving.</summary>
    Downloading,

    /// <summary>The file is whole and its checksum is being computed.</summary>
    Checking,

    /// <summary>The file is in place, checked; also reported at once for a file that was there before.</summary>
    Done,
}

/// <summary>A report of <see cref="Downloader"/>.</summary>
/// <param name="File">The file.</param>
/// <param name="State">What is happening to it.</param>
/// <param name="Bytes">Bytes on disk, those of an earlier attempt included.</param>
/// <param name="Mirror">Where they come from; null when nothing had to be fetched.</param>
public readonly record struct DownloadProgress(RemoteFile File, DownloadState State, long Bytes, Uri? Mirror);

/// <summary>A data set could not be downloaded; the message says what was tried and what to do instead.</summary>
public sealed class DownloadException : IOException
{
    /// <summary>An error with no message of its own.</summary>
    public DownloadException()
    {
    }

    /// <summary>An error with its message.</summary>
    /// <param name="message">What was tried, and what can be done.</param>
    public DownloadException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and its cause.</summary>
    /// <param name="message">What was tried, and what can be done.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public DownloadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
