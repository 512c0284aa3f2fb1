using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CourseLib.Interchange;

/// <summary>Turns the numbers of a file into <see cref="float"/> and back, a piece at a time, so that no second copy of a tensor is made.</summary>
/// <remarks>
/// What is rounded and what is refused: Float16, BFloat16 and integers of 8 and 16 bits fit exactly; Float64 is rounded to the nearest and refused where
/// that would be infinite; an integer of 32 or 64 bits that is no float32 (beyond 2^24, say) is refused, because an index or a key that is nearly right
/// is wrong.
/// </remarks>
internal static class Elements
{
    private const int PieceBytes = 1 << 13;

    internal static int SizeOf(ElementType type) => type switch
    {
        ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.UInt32 or ElementType.Int32 or ElementType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Writes numbers as little-endian Float32.</summary>
    internal static void Write(Stream stream, ReadOnlySpan<float> values)
    {
        Span<byte> piece = stackalloc byte[PieceBytes];
        while (!values.IsEmpty)
        {
            int count = Math.Min(values.Length, PieceBytes / sizeof(float));
            for (int i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(piece[(sizeof(float) * i)..], values[i]);
            }

            stream.Write(piece[..(sizeof(float) * count)]);
            values = values[count..];
        }
    }

    /// <summary>Reads as many numbers as the target holds.</summary>
    /// <param name="stream">Where they are next.</param>
    /// <param name="type">Their type.</param>
    /// <param name="bigEndian">Whether the first byte is the highest.</param>
    /// <param name="target">What they are read into.</param>
    /// <param name="where">File and tensor, for the message.</param>
    /// <exception cref="InterchangeException">The stream ends too early, or a number cannot be a float32.</exception>
    internal static void Read(Stream stream, ElementType type, bool bigEndian, Span<float> target, string where)
    {
        Span<byte> piece = stackalloc byte[PieceBytes];
        int size = SizeOf(type);
        for (int done = 0; done < target.Length;)
        {
            int count = Math.Min(target.Length - done, PieceBytes / size);
            Span<byte> bytes = piece[..(count * size)];
            int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (got < bytes.Length)
            {
                throw new InterchangeException($"{where}: the numbers end after {done + (got / size)} of {target.Length}; the file is truncated.");
            }

            int bad = Convert(type, bytes, bigEndian, target.Slice(done, count));
            if (bad >= 0)
            {
                string kept = type switch
                {
                    ElementType.Float64 => "too large for a float32",
                    ElementType.Bool => "neither 0 nor 1",
                    _ => "an integer that no float32 holds exactly",
                };
                throw new InterchangeException($"{where}: element {done + bad} of type {type} is {kept}; tensors here are float32, so it is refused rather than changed.");
            }

            done += count;
        }
    }

    /// <returns>The first element that cannot be converted, or -1.</returns>
    private static int Convert(ElementType type, ReadOnlySpan<byte> bytes, bool bigEndian, Span<float> target) => type switch
    {
        ElementType.Float32 => Floats<float>(bytes, bigEndian, target),
        ElementType.Float64 => Floats<double>(bytes, bigEndian, target),
        ElementType.Float16 => Floats<Half>(bytes, bigEndian, target),
        ElementType.BFloat16 => BrainFloats(bytes, target),
        ElementType.Bool => Bools(bytes, target),
        ElementType.UInt8 => Integers<byte>(bytes, bigEndian, target),
        ElementType.Int8 => Integers<sbyte>(bytes, bigEndian, target),
        ElementType.UInt16 => Integers<ushort>(bytes, bigEndian, target),
        ElementType.Int16 => Integers<short>(bytes, bigEndian, target),
        ElementType.UInt32 => Integers<uint>(bytes, bigEndian, target),
        ElementType.Int32 => Integers<int>(bytes, bigEndian, target),
        ElementType.UInt64 => Integers<ulong>(bytes, bigEndian, target),
        _ => Integers<long>(bytes, bigEndian, target),
    };

    private static int Floats<T>(ReadOnlySpan<byte> bytes, bool bigEndian, Span<float> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<byte> value = stackalloc byte[Marshal.SizeOf<T>()];
        for (int i = 0; i < target.Length; i++)
        {
            bytes.Slice(i * value.Length, value.Length).CopyTo(value);
            if (bigEndian == BitConverter.IsLittleEndian)
            {
                value.Reverse();
            }

            T number = MemoryMarshal.Read<T>(value);
            target[i] = float.CreateTruncating(number);
            if (T.IsFinite(number) && !float.IsFinite(target[i]))
            {
                return i;
            }
        }

        return -1;
    }

    // The upper half of a float32.
    private static int BrainFloats(ReadOnlySpan<byte> bytes, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16);
        }

        return -1;
    }

    private static int Bools(ReadOnlySpan<byte> bytes, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            if (bytes[i] > 1)
            {
                return i;
            }

            target[i] = bytes[i];
        }

        return -1;
    }

    private static int Integers<T>(ReadOnlySpan<byte> bytes, bool bigEndian, Span<float> target)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int size = bytes.Length / target.Length;
        bool isUnsigned = T.IsZero(T.MinValue);
        for (int i = 0; i < target.Length; i++)
        {
            ReadOnlySpan<byte> value = bytes.Slice(i * size, size);
            T number = bigEndian ? T.ReadBigEndian(value, isUnsigned) : T.ReadLittleEndian(value, isUnsigned);
            target[i] = float.CreateTruncating(number);
            if (size > 2 && Int128.CreateTruncating(target[i]) != Int128.CreateTruncating(number))
            {
                return i;
            }
        }

        return -1;
    }
}
