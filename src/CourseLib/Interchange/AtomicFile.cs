namespace CourseLib.Interchange;

/// <summary>Writes a file whole or not at all: into a temporary file of the same folder, to the disk, then renamed over the old one.</summary>
/// <remarks>Whoever reads meanwhile sees the old file or the new one, never half of one; a failure leaves the old file as it was and nothing beside it.</remarks>
internal static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; replaced when it exists. Of a symbolic link, what it points to is replaced.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    internal static void Write(string path, Action<Stream> write) => Write(path, write, CreateNew);

    /// <summary>Writes a file through a stream of the caller's making, so that a test can let the disk run full.</summary>
    internal static void Write(string path, Action<Stream> write, Func<string, Stream> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string? partial = null;
        try
        {
            string target = Path.GetFullPath(new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName);
            partial = $"{target}.{Guid.NewGuid():N}.part";
            using (Stream stream = create(partial))
            {
                write(stream);
                if (stream is FileStream file)
                {
                    file.Flush(flushToDisk: true);
                }
            }

            File.Move(partial, target, overwrite: true);
        }
        catch (Exception error)
        {
            Discard(partial);
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new IOException($"{path} could not be written: {error.Message.TrimEnd('.')}. What was there before is unchanged.", error);
            }

            throw;
        }
    }

    private static FileStream CreateNew(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);

    private static void Discard(string? partial)
    {
        try
        {
            if (partial is not null)
            {
                File.Delete(partial);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to be told.
        }
    }
}
