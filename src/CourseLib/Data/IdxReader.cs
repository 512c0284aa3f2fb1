using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace CourseLib.Data;

/// <summary>
/// Reads IDX files, packed with gzip or not: the first bytes decide, never the name. Trusts nothing: sizes are checked before memory is
/// taken, and a file that is too short, too long or of another kind is refused with a message that says what was found and expected.
/// </summary>
public static class IdxReader
{
    /// <summary>The most dimensions a file may have.</summary>
    public const int MaxRank = 8;

    /// <summary>The most bytes of elements a file may have: 1 GiB, six times what the largest relative of MNIST needs.</summary>
    public const long MaxBytes = 1L << 30;

    private const int FirstPiece = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its type, shape and elements.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IdxException">The file is not a whole IDX file and nothing but that.</exception>
    public static IdxFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return Read(stream, path);
    }

    /// <summary>Reads a file and checks its element type and shape.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">The type that it must have.</param>
    /// <param name="shape">The dimensions that it must have; -1 allows any size.</param>
    /// <returns>Its type, shape and elements.</returns>
    /// <exception cref="IdxException">As <see cref="Read(string)"/>, or type or shape differ.</exception>
    public static IdxFile Read(string path, IdxType type, params ReadOnlySpan<int> shape) => Expect(Read(path), path, type, shape);

    /// <summary>Reads from a stream, to its end.</summary>
    /// <param name="stream">A readable stream; need not be seekable.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>Its type, shape and elements.</returns>
    /// <exception cref="IdxException">The stream is not a whole IDX file and nothing but that.</exception>
    public static IdxFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> first = stackalloc byte[2];
        int got = stream.ReadAtLeast(first, 2, throwOnEndOfStream: false);
        if (got < 2)
        {
            throw new IdxException($"{name}: {(got == 0 ? "the file is empty" : "the file has one byte only")}; expected an IDX file, gzipped or not.");
        }

        using PrefixedStream whole = new(first.ToArray(), stream);
        if (first[0] != 0x1F || first[1] != 0x8B)
        {
            long rest = stream.CanSeek ? stream.Length - stream.Position + 2 : -1;
            return ReadPlain(whole, name, rest, packed: false);
        }

        using GZipStream unpacked = new(whole, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            return ReadPlain(unpacked, name, -1, packed: true);
        }
        catch (InvalidDataException error)
        {
            throw new IdxException($"{name}: the gzip data is corrupt or cut off ({error.Message}); expected a whole gzipped IDX file. Copy or download it again.", error);
        }
    }

    /// <summary>Checks that a file is what its reader needs.</summary>
    internal static IdxFile Expect(IdxFile file, string name, IdxType type, ReadOnlySpan<int> shape)
    {
        bool fits = file.Type == type && file.Shape.Count == shape.Length;
        for (int i = 0; fits && i < shape.Length; i++)
        {
            fits = shape[i] < 0 || file.Shape[i] == shape[i];
        }

        return fits
            ? file
            : throw new IdxException($"{name}: found {file}; expected {type} {IdxFile.TextOf(shape).Replace("-1", "any", StringComparison.Ordinal)}.");
    }

    private static IdxFile ReadPlain(Stream stream, string name, long available, bool packed)
    {
        (IdxType type, int[]? shape) = ReadHeader(stream, name, packed);
        long bytes = CountBytes(type, shape, name);
        int header = 4 + 4 * shape.Length;
        if (available >= 0 && available != header + bytes)
        {
            throw WrongLength(name, type, shape, header + bytes, available, packed);
        }

        byte[] data = ReadData(stream, bytes, out int got);
        if (got < bytes)
        {
            throw WrongLength(name, type, shape, header + bytes, header + got, packed);
        }

        // Reading past the end also makes gzip verify its checksum.
        return stream.ReadByte() < 0
            ? new IdxFile(type, shape, data)
            : throw WrongLength(name, type, shape, header + bytes, null, packed);
    }

    private static (IdxType Type, int[] Shape) ReadHeader(Stream stream, string name, bool packed)
    {
        Span<byte> magic = stackalloc byte[4];
        int got = stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false);
        string unpacked = packed ? "the unpacked file" : "the file";
        if (got < 4)
        {
            throw new IdxException($"{name}: {unpacked} has {got} bytes; expected an IDX header of at least 8.");
        }

        if (magic[0] != 0 || magic[1] != 0)
        {
            throw new IdxException($"{name}: {unpacked} begins with {Convert.ToHexString(magic)}; expected an IDX file, which begins with two zero bytes (00000803 for images, 00000801 for labels).");
        }

        IdxType type = (IdxType)magic[2];
        if (IdxFile.SizeOf(type) == 0)
        {
            throw new IdxException($"{name}: the element type is 0x{magic[2]:X2}; expected 0x08 (unsigned bytes), 0x09, 0x0B, 0x0C, 0x0D or 0x0E.");
        }

        if (magic[3] is 0 or > MaxRank)
        {
            throw new IdxException($"{name}: the header says {magic[3]} dimensions; expected 1 to {MaxRank} (3 for images, 1 for labels).");
        }

        byte[] sizes = new byte[4 * magic[3]];
        got = stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false);
        if (got < sizes.Length)
        {
            throw new IdxException($"{name}: {unpacked} ends inside its header, after {4 + got} bytes; expected {4 + sizes.Length} for {magic[3]} dimensions.");
        }

        int[] shape = new int[magic[3]];
        for (int i = 0; i < shape.Length; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes.AsSpan(4 * i));
            shape[i] = size <= int.MaxValue
                ? (int)size
                : throw new IdxException($"{name}: the header says that dimension {i} has {size} entries; expected at most {int.MaxValue}.");
        }

        return (type, shape);
    }

    private static long CountBytes(IdxType type, int[] shape, string name)
    {
        // Each factor is below 2^31 and the product is checked after each, so it cannot overflow; a dimension of 0 cannot hide an absurd one.
        long bytes = IdxFile.SizeOf(type);
        foreach (int size in shape)
        {
            bytes *= Math.Max(size, 1);
            if (bytes > MaxBytes)
            {
                throw new IdxException($"{name}: the header says {type} {IdxFile.TextOf(shape)}, more than {MaxBytes} bytes; expected a data set that fits into memory.");
            }
        }

        return shape.Contains(0) ? 0 : bytes;
    }

    /// <summary>Takes memory as data really arrives, doubling: a header that lies costs at most twice what the file holds.</summary>
    private static byte[] ReadData(Stream stream, long bytes, out int got)
    {
        byte[] data = new byte[Math.Min(bytes, FirstPiece)];
        got = 0;
        while (true)
        {
            got += stream.ReadAtLeast(data.AsSpan(got), data.Length - got, throwOnEndOfStream: false);
            if (got < data.Length || data.Length == bytes)
            {
                return data;
            }

            Array.Resize(ref data, (int)Math.Min(bytes, 2L * data.Length));
        }
    }

    // Found: bytes with the header; null when there are more than expected, which are not counted.
    private static IdxException WrongLength(string name, IdxType type, int[] shape, long expected, long? found, bool packed)
    {
        string verdict = found < expected ? "The file is truncated." : packed ? "The gzip data is corrupt, or something follows the elements." : "Something follows the elements: not a plain IDX file.";
        string count = found is { } bytes ? bytes.ToString(CultureInfo.InvariantCulture) : "more";
        return new($"{name}: the header says {type} {IdxFile.TextOf(shape)}, so {expected} bytes are expected{(packed ? " after unpacking" : "")}; found {count}. {verdict}");
    }
}
