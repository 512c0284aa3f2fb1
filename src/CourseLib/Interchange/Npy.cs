using CourseLib.Tensors;

namespace CourseLib.Interchange;

/// <summary>
/// Reads and writes <c>.npy</c> files, NumPy's format for one array (numpy.lib.format, "Format Version 1.0" to "3.0"): a magic text, a header that gives type,
/// order and shape, then the numbers.
/// </summary>
/// <remarks>
/// Written is <c>&lt;f4</c> in C order. Read are bool, integers of 1, 2, 4 and 8 bytes and floats of 2, 4 and 8 in both byte orders, C or Fortran order, as
/// <see cref="float"/>: f8 is rounded; an integer that no float32 holds exactly, an f8 beyond float32, and every other type (objects, which are pickled
/// Python, above all) are refused by name.
/// </remarks>
public static class Npy
{
    /// <summary>Writes a tensor. The file appears whole or not at all.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="tensor">What to write.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    public static void Save(string path, Tensor tensor) => AtomicFile.Write(path, stream => Write(stream, tensor));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The array; an ordinary object that no tape reclaims.</returns>
    /// <exception cref="InterchangeException">The file is no whole .npy file, or has a type or a number that float32 cannot take.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Tensor Load(string path)
    {
        using FileStream stream = Sources.Open(path);
        return Load(stream, path);
    }

    /// <summary>Reads an array from a stream that can seek, from its position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <inheritdoc cref="Load(string)"/>
    public static Tensor Load(Stream stream, string name)
    {
        Sources.RequireSeek(stream, name);
        return Read(stream, stream.Length - stream.Position, name);
    }

    internal static void Write(Stream stream, Tensor tensor)
    {
        stream.Write(NpyHeader.Of(tensor.Shape));
        Elements.Write(stream, tensor.Span);
    }

    /// <summary>Reads an array that takes exactly the given bytes.</summary>
    internal static Tensor Read(Stream stream, long available, string where)
    {
        NpyHeader header = NpyHeader.Read(stream, available, where);
        long expected = (long)Elements.SizeOf(header.Type) * header.Shape.ElementCount;
        if (header.DataBytes != expected)
        {
            throw new InterchangeException($"{where}: shape: {header.Shape} of {header.Type} takes {expected} bytes, and {header.DataBytes} follow the header; {(header.DataBytes < expected ? "it is truncated" : "something follows the numbers")}.");
        }

        Tensor tensor = new(Storage.AllocateOrdinary(header.Shape));
        Elements.Read(stream, header.Type, header.IsBigEndian, tensor.Span, where);
        return header.IsFortranOrder && header.Shape.Rank > 1 ? RowMajor(tensor) : tensor;
    }

    /// <summary>Puts numbers whose first axis runs fastest into the order in which the last one does.</summary>
    private static Tensor RowMajor(Tensor columns)
    {
        Tensor rows = new(Storage.AllocateOrdinary(columns.Shape));
        ReadOnlySpan<float> source = columns.Span;
        Span<float> target = rows.Span;
        int[] sizes = columns.Shape.ToArray();
        int[] index = new int[sizes.Length];
        foreach (float value in source)
        {
            int place = 0;
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                place = (place * sizes[axis]) + index[axis];
            }

            target[place] = value;
            for (int axis = 0; axis < sizes.Length && ++index[axis] == sizes[axis]; axis++)
            {
                index[axis] = 0;
            }
        }

        return rows;
    }
}
