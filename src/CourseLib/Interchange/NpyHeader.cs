using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CourseLib.Tensors;

namespace CourseLib.Interchange;

/// <summary>The header of a <c>.npy</c> array: what its dictionary literal says, checked.</summary>
/// <param name="Type">The type of the numbers.</param>
/// <param name="IsBigEndian">Whether the first byte of a number is the highest.</param>
/// <param name="IsFortranOrder">Whether the first axis runs fastest.</param>
/// <param name="Shape">The shape.</param>
/// <param name="DataBytes">How many bytes follow the header.</param>
internal readonly record struct NpyHeader(ElementType Type, bool IsBigEndian, bool IsFortranOrder, Shape Shape, long DataBytes)
{
    /// <summary>Longer headers are refused, as NumPy itself refuses them: an array of numbers needs some 100 bytes.</summary>
    private const int MaxBytes = 10_000;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The header of an array of float32 in C order, padded so that the numbers begin at a multiple of 64.</summary>
    internal static byte[] Of(in Shape shape)
    {
        string sizes = string.Join(", ", shape.ToArray().Select(size => size.ToString(CultureInfo.InvariantCulture)));
        string text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({sizes}{(shape.Rank == 1 ? ",)" : ")")}, }}";
        int length = (10 + text.Length + 1 + 63) / 64 * 64;
        byte[] header = new byte[length];
        Magic.CopyTo(header);
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(length - 10));
        header.AsSpan(10).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }

    /// <summary>Reads the header; the stream is left where the numbers begin.</summary>
    /// <param name="stream">Where the array begins.</param>
    /// <param name="available">How many bytes it has, header and numbers.</param>
    /// <param name="where">File and array, for messages.</param>
    internal static NpyHeader Read(Stream stream, long available, string where)
    {
        Span<byte> prefix = stackalloc byte[12];
        int got = stream.ReadAtLeast(prefix[..8], 8, throwOnEndOfStream: false);
        if (got < 8 || !prefix.StartsWith(Magic))
        {
            throw new InterchangeException($"{where}: expected an array in NumPy's format, which begins with 93 'NUMPY' and a version; found {Convert.ToHexString(prefix[..got])}.");
        }

        if (prefix[6] is < 1 or > 3 || prefix[7] != 0)
        {
            throw new InterchangeException($"{where}: format version {prefix[6]}.{prefix[7]}; expected 1.0, 2.0 or 3.0.");
        }

        int field = prefix[6] == 1 ? 2 : 4;
        Span<byte> lengthField = prefix.Slice(8, 4);
        lengthField.Clear();
        got = stream.ReadAtLeast(lengthField[..field], field, throwOnEndOfStream: false);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(lengthField);
        long rest = available - 8 - field;
        if (got < field || length > rest || length > MaxBytes)
        {
            throw new InterchangeException($"{where}: header length: expected at most {Math.Clamp(rest, 0, MaxBytes)} bytes, found {length}; it is truncated or damaged.");
        }

        byte[] text = new byte[length];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
        {
            throw new InterchangeException($"{where}: the file ends inside the header of {length} bytes; it is truncated.");
        }

        return NpyLiteral.Parse(text, rest - length, where);
    }

    /// <summary>The header that a type string stands for, without the rest.</summary>
    internal static (ElementType Type, bool IsBigEndian) TypeOf(string descr, string where)
    {
        ElementType? type = descr.Length < 2 ? null : descr[1..] switch
        {
            "b1" => ElementType.Bool,
            "u1" => ElementType.UInt8,
            "i1" => ElementType.Int8,
            "u2" => ElementType.UInt16,
            "i2" => ElementType.Int16,
            "u4" => ElementType.UInt32,
            "i4" => ElementType.Int32,
            "u8" => ElementType.UInt64,
            "i8" => ElementType.Int64,
            "f2" => ElementType.Float16,
            "f4" => ElementType.Float32,
            "f8" => ElementType.Float64,
            _ => null,
        };
        bool ordered = descr.Length > 0 && (descr[0] is '<' or '>' || (descr[0] == '|' && type is ElementType.Bool or ElementType.UInt8 or ElementType.Int8));
        return type is { } known && ordered
            ? (known, descr[0] == '>')
            : throw new InterchangeException($"{where}: descr: expected '|b1', '|u1', '|i1', or '<' or '>' with u2, u4, u8, i2, i4, i8, f2, f4 or f8, found '{descr}'.{(descr is "|O" or "O" ? " Objects are pickled Python, which is never read." : "")}");
    }
}
