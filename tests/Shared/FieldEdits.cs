using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CourseLib.Tests.Shared;

/// <summary>Changes to the numbers with which a file describes itself, binary or in digits: to the limits of their types, or by a little.</summary>
internal static class FieldEdits
{
    private static readonly long[] Numbers = [0, 1, -1, 2, 7, 8, 127, 128, 255, 256, 32767, 65535, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 32, 1L << 40];

    private static readonly string[] Digits = ["0", "1", "-1", "2", "255", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999", "1e9", "1.5", "007", "null", "\"3\"", "[]", "{}"];

    /// <summary>Writes an integer of 1, 2, 4 or 8 bytes that is at some limit, or moves the one that is there by a little.</summary>
    internal static void SetInteger(List<byte> file, int place, Random random)
    {
        int size = Math.Min(1 << random.Next(4), file.Count - place);
        bool bigEndian = random.Next(2) == 0;
        Span<byte> field = stackalloc byte[8];
        field.Clear();
        Span<byte> used = bigEndian ? field[^size..] : field[..size];
        file.GetRange(place, size).ToArray().CopyTo(used);
        long old = bigEndian ? BinaryPrimitives.ReadInt64BigEndian(field) : BinaryPrimitives.ReadInt64LittleEndian(field);
        long value = random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : old + random.Next(-2, 3);
        if (bigEndian)
        {
            BinaryPrimitives.WriteInt64BigEndian(field, value);
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(field, value);
        }

        for (int i = 0; i < size; i++)
        {
            file[place + i] = used[i];
        }
    }

    /// <summary>Replaces the next number that is written in digits.</summary>
    internal static void SetDigits(List<byte> file, int place, Random random)
    {
        int start = file.FindIndex(place, b => char.IsAsciiDigit((char)b));
        start = start < 0 ? file.FindIndex(b => char.IsAsciiDigit((char)b)) : start;
        if (start < 0)
        {
            return;
        }

        int end = file.FindIndex(start, b => !char.IsAsciiDigit((char)b));
        end = end < 0 ? file.Count : end;
        string old = Encoding.ASCII.GetString(file.GetRange(start, end - start).ToArray());
        string next = random.Next(2) == 0 && long.TryParse(old, CultureInfo.InvariantCulture, out long value)
            ? (value + random.Next(-4, 5)).ToString(CultureInfo.InvariantCulture)
            : Digits[random.Next(Digits.Length)];
        file.RemoveRange(start, end - start);
        file.InsertRange(start, Encoding.ASCII.GetBytes(next));
    }
}
