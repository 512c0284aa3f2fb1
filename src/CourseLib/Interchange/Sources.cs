namespace CourseLib.Interchange;

/// <summary>Where the readers get their bytes from.</summary>
internal static class Sources
{
    /// <summary>Opens a file to be read from its beginning to its end.</summary>
    internal static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
    }

    /// <summary>Throws unless the length of a stream is known: what a file says is checked against it before memory is taken.</summary>
    internal static void RequireSeek(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException($"{name}: expected a file or a stream that can seek, because sizes are checked against its length; copy it into a MemoryStream first.", nameof(stream));
        }
    }
}
