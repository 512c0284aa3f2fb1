using System.Buffers.Binary;
using System.Globalization;

namespace CourseLib.Data;

/// <summary>
/// The contents of an IDX file: a dense array of n dimensions, the format of MNIST (http://yann.lecun.com/exdb/mnist/, "The IDX file format"):
/// two zero bytes, the element type, the number of dimensions, each dimension as a big-endian 32-bit integer, then the elements, row-major
/// and big-endian.
/// </summary>
public sealed class IdxFile
{
    private readonly int[] shape;

    /// <summary>An array from its parts; <see cref="IdxReader"/> makes it from a file.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="shape">The dimensions, 1 to <see cref="IdxReader.MaxRank"/> of them, each 0 or more.</param>
    /// <param name="data">The elements, row-major and big-endian as in the file; not copied.</param>
    /// <exception cref="ArgumentException">The type is unknown, a dimension is negative, or the data has another length than type and shape say.</exception>
    public IdxFile(IdxType type, ReadOnlySpan<int> shape, byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (SizeOf(type) == 0)
        {
            throw new ArgumentException($"IdxFile: unknown element type {(int)type}.", nameof(type));
        }

        if (shape.Length is < 1 or > IdxReader.MaxRank)
        {
            throw new ArgumentException($"IdxFile: expected 1 to {IdxReader.MaxRank} dimensions, got {shape.Length}.", nameof(shape));
        }

        Type = type;
        this.shape = shape.ToArray();
        long bytes = (long)SizeOf(type);
        foreach (int size in this.shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            bytes *= size;
            if (bytes > int.MaxValue)
            {
                throw new ArgumentException($"IdxFile: shape {ShapeText} is larger than {int.MaxValue} bytes.", nameof(shape));
            }
        }

        if (bytes != data.Length)
        {
            throw new ArgumentException($"IdxFile: shape {ShapeText} of {type} needs {bytes} bytes, got {data.Length}.", nameof(data));
        }

        Data = data;
    }

    /// <summary>The element type.</summary>
    public IdxType Type { get; }

    /// <summary>The dimensions, the slowest first: (images, rows, columns) for images.</summary>
    public IReadOnlyList<int> Shape => shape;

    /// <summary>The number of items: the first dimension.</summary>
    public int Count => shape[0];

    /// <summary>The number of elements.</summary>
    public int Length => Data.Length / SizeOf(Type);

    /// <summary>The elements as they stand in the file: row-major, big-endian.</summary>
    public byte[] Data { get; }

    /// <summary>The shape as it is printed in messages: "(6000, 28, 28)".</summary>
    internal string ShapeText => TextOf(shape);

    /// <summary>All elements as single-precision numbers, row-major; 32-bit integers and doubles are rounded.</summary>
    public float[] ToSingles()
    {
        float[] values = new float[Length];
        ReadOnlySpan<byte> data = Data;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Type switch
            {
                IdxType.UInt8 => data[i],
                IdxType.Int8 => (sbyte)data[i],
                IdxType.Int16 => BinaryPrimitives.ReadInt16BigEndian(data[(2 * i)..]),
                IdxType.Int32 => BinaryPrimitives.ReadInt32BigEndian(data[(4 * i)..]),
                IdxType.Float32 => BinaryPrimitives.ReadSingleBigEndian(data[(4 * i)..]),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(data[(8 * i)..]),
            };
        }

        return values;
    }

    /// <summary>Type and shape: "UInt8 (6000, 28, 28)".</summary>
    public override string ToString() => $"{Type} {ShapeText}";

    /// <summary>The bytes of one element; 0 for an unknown type.</summary>
    internal static int SizeOf(IdxType type) => type switch
    {
        IdxType.UInt8 or IdxType.Int8 => 1,
        IdxType.Int16 => 2,
        IdxType.Int32 or IdxType.Float32 => 4,
        IdxType.Float64 => 8,
        _ => 0,
    };

    internal static string TextOf(ReadOnlySpan<int> shape)
    {
        IEnumerable<string> sizes = shape.ToArray().Select(size => size.ToString(CultureInfo.InvariantCulture));
        return $"({string.Join(", ", sizes)})";
    }
}
