using System.IO.Compression;
using CourseLib.Tensors;

namespace CourseLib.Interchange;

/// <summary>Reads and writes <c>.npz</c> files: NumPy's archive of named arrays, a zip of <c>.npy</c> entries, stored (savez) or deflated (savez_compressed).</summary>
/// <remarks>
/// A file may unpack to 100 times its own size, or to 64 MiB if that is more: what claims more is refused as a bomb. Deflate cannot pack more than 1032 to
/// 1, so an entry that claims to is refused unread; checksums are verified; entries are never files here, yet names that would leave a folder are refused.
/// </remarks>
public static class Npz
{
    private const int MostRatio = 1032;
    private const long FreeBytes = 64L << 20;
    private const long FreeRatio = 100;
    private const string Suffix = ".npy";

    // Fixed, so that the same tensors make the same file; a zip knows no earlier time.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes tensors under their names. The file appears whole or not at all.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="tensors">What to write, in this order.</param>
    /// <param name="compress">Whether to deflate; trained parameters hardly shrink.</param>
    /// <exception cref="ArgumentException">A name is empty or would leave a folder if the archive were unpacked into one.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        foreach (string name in tensors.Keys)
        {
            if (!IsHarmless(name))
            {
                throw new ArgumentException($"Npz.Save: '{name}' is no name for an entry of an archive; expected a relative path without '..', ':', '\\' and control characters.", nameof(tensors));
            }
        }

        AtomicFile.Write(path, stream =>
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach ((string name, Tensor tensor) in tensors)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name + Suffix, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                entry.LastWriteTime = Epoch;
                using Stream target = entry.Open();
                Npy.Write(target, tensor);
            }
        });
    }

    /// <summary>Reads all arrays of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The arrays by name, in the order of the archive; ordinary objects that no tape reclaims.</returns>
    /// <exception cref="InterchangeException">The file is no whole .npz file, or has a type or a number that float32 cannot take.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using FileStream stream = Sources.Open(path);
        return Load(stream, path);
    }

    /// <summary>Reads all arrays from a stream that can seek, which is the archive as a whole.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <inheritdoc cref="Load(string)"/>
    public static IReadOnlyDictionary<string, Tensor> Load(Stream stream, string name)
    {
        Sources.RequireSeek(stream, name);
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            RequireModest(archive, stream.Length, name);
            Dictionary<string, Tensor> tensors = new(archive.Entries.Count);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                string key = KeyOf(entry, name);
                string where = $"{name}: array '{Excerpt.Of(key)}'";
                if (tensors.ContainsKey(key))
                {
                    throw new InterchangeException($"{where}: there are two of this name; expected each name once.");
                }

                tensors.Add(key, Read(entry, where).Named(key));
            }

            return tensors;
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentOutOfRangeException)
        {
            throw new InterchangeException($"{name}: the zip archive is damaged or of a kind that is not read ({error.Message.TrimEnd('.')}); expected a whole .npz file.", error);
        }
    }

    /// <summary>Sums up what the directory claims before anything is unpacked.</summary>
    private static void RequireModest(ZipArchive archive, long fileBytes, string name)
    {
        long packed = 0;
        long unpacked = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            long most = Math.Max(FreeBytes, FreeRatio * fileBytes);
            if (entry.CompressedLength < 0 || entry.Length < 0 || entry.CompressedLength > fileBytes || (packed += entry.CompressedLength) > fileBytes)
            {
                throw new InterchangeException($"{name}: entry '{Excerpt.Of(entry.FullName)}': the packed sizes add up to more than the {fileBytes} bytes of the file; entries must not overlap.");
            }

            if (entry.Length > MostRatio * (entry.CompressedLength + 1) || entry.Length > most || (unpacked += entry.Length) > most)
            {
                throw new InterchangeException($"{name}: entry '{Excerpt.Of(entry.FullName)}': {entry.CompressedLength} bytes claim to unpack to {entry.Length}; expected at most {most} in all from a file of {fileBytes}, and no more than {MostRatio} to 1: this may be a bomb.");
            }
        }
    }

    private static string KeyOf(ZipArchiveEntry entry, string name)
    {
        string full = entry.FullName;
        return full.EndsWith(Suffix, StringComparison.Ordinal) && IsHarmless(full[..^Suffix.Length])
            ? full[..^Suffix.Length]
            : throw new InterchangeException($"{name}: entry '{Excerpt.Of(full)}': expected the name of an array with the ending {Suffix}: a relative path without '..', ':', '\\' and control characters.");
    }

    private static bool IsHarmless(string name) =>
        name.Length > 0 && !name.Any(c => char.IsControl(c) || c is ':' or '\\') && !name.Split('/').Any(part => part is "" or "." or "..");

    private static Tensor Read(ZipArchiveEntry entry, string where)
    {
        using Stream stream = entry.Open();
        using ChecksumStream checkedStream = new(stream);
        Tensor tensor = Npy.Read(checkedStream, entry.Length, where);
        if (checkedStream.ReadByte() >= 0 || checkedStream.Checksum != entry.Crc32)
        {
            throw new InterchangeException($"{where}: the checksum or the length is not what the archive's directory says; the file is damaged.");
        }

        return tensor;
    }
}
