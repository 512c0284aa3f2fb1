using System.Buffers.Binary;
using System.IO.Compression;
using CourseLib.Interchange;

namespace CourseLib.Data;

/// <summary>Writes IDX files that any MNIST reader opens.</summary>
public static class IdxWriter
{
    /// <summary>Writes unsigned bytes, packed with gzip when the name ends in ".gz". The file appears whole or not at all.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="data">The elements, row-major.</param>
    /// <param name="shape">The dimensions: (count, 28, 28) for images, (count) for labels.</param>
    /// <exception cref="ArgumentException">Data and shape do not fit.</exception>
    public static void Write(string path, byte[] data, params ReadOnlySpan<int> shape) => Write(path, new IdxFile(IdxType.UInt8, shape, data));

    /// <summary>Writes an array, packed with gzip when the name ends in ".gz". The file appears whole or not at all.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="file">What to write.</param>
    public static void Write(string path, IdxFile file)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(file);
        AtomicFile.Write(path, target =>
        {
            if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                using GZipStream packed = new(target, CompressionLevel.SmallestSize, leaveOpen: true);
                Write(packed, file);
            }
            else
            {
                Write(target, file);
            }
        });
    }

    /// <summary>Writes an array to a stream, unpacked; the stream stays open.</summary>
    /// <param name="stream">A writable stream.</param>
    /// <param name="file">What to write.</param>
    public static void Write(Stream stream, IdxFile file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(file);
        byte[] header = new byte[4 + 4 * file.Shape.Count];
        header[2] = (byte)file.Type;
        header[3] = (byte)file.Shape.Count;
        for (int i = 0; i < file.Shape.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), file.Shape[i]);
        }

        stream.Write(header);
        stream.Write(file.Data);
    }
}
