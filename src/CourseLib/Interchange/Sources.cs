namespace CourseLib.Interchange;

/// <summary>What the readers ask of a stream.</summary>
internal static class Sources
{
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
