using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CourseLib.Tests.Shared;

/// <summary>Damages files in the ways that find holes in readers. Case number n of the same seeds is always the same file.</summary>
internal sealed class Mutator(params byte[][] seeds)
{
    private const int Edge = 96;

    private static readonly long[] Numbers = [0, 1, -1, 2, 7, 8, 127, 128, 255, 256, 32767, 65535, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 32, 1L << 40];

    private static readonly string[] Digits = ["0", "1", "-1", "2", "255", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999", "1e9", "1.5", "007", "null", "\"3\"", "[]", "{}"];

    private static readonly string[] Tokens = ["{", "}", "[", "]", ":", ",", "\"", "\\", "\\ud83d", "\\u0000", "'", "(", ")", "[[[[[[[[", "{\"a\":", "null", "true", "\n", " "];

    /// <summary>Makes a mutated file.</summary>
    internal byte[] Make(int number)
    {
        Random random = new(number);
        List<byte> file = [.. seeds[random.Next(seeds.Length)]];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            Change(file, random);
        }

        return [.. file];
    }

    private void Change(List<byte> file, Random random)
    {
        int place = Place(file, random);
        switch (random.Next(file.Count == 0 ? 1 : 11))
        {
            case 0:
                byte[] extra = new byte[random.Next(1, 40)];
                random.NextBytes(extra);
                file.InsertRange(random.Next(2) == 0 ? file.Count : place, extra);
                break;
            case 1:
                file[place] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                file[place] = (byte)random.Next(256);
                break;
            case 3:
                file[place] = (byte)(random.Next(4) switch { 0 => 0, 1 => 0xFF, 2 => 0x80, _ => file[place] + 1 });
                break;
            case 4:
                file.RemoveRange(place, random.Next(3) == 0 ? file.Count - place : Length(file, place, random));
                break;
            case 5:
                file.InsertRange(Place(file, random), file.GetRange(place, Length(file, place, random)));
                break;
            case 6:
                byte[] other = seeds[random.Next(seeds.Length)];
                int from = random.Next(other.Length);
                file.RemoveRange(place, random.Next(2) == 0 ? 0 : file.Count - place);
                file.InsertRange(place, other.AsSpan(from, random.Next(2) == 0 ? other.Length - from : random.Next(other.Length - from)).ToArray());
                break;
            case 7 or 8:
                SetInteger(file, place, random);
                break;
            case 9:
                EditNumber(file, place, random);
                break;
            default:
                byte[] token = Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]);
                file.RemoveRange(place, random.Next(2));
                file.InsertRange(place, token);
                break;
        }
    }

    /// <summary>Most changes hit the first or the last bytes, where formats keep what they say about themselves.</summary>
    private static int Place(List<byte> file, Random random)
    {
        int edge = Math.Min(Edge, file.Count);
        return file.Count == 0 ? 0 : random.Next(8) switch
        {
            < 3 => random.Next(edge),
            < 5 => file.Count - 1 - random.Next(edge),
            _ => random.Next(file.Count),
        };
    }

    private static int Length(List<byte> file, int place, Random random) => random.Next(Math.Min(file.Count - place, 200) + 1);

    /// <summary>Writes an integer of 1, 2, 4 or 8 bytes that is at some limit, or moves the one that is there by a little.</summary>
    private static void SetInteger(List<byte> file, int place, Random random)
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
    private static void EditNumber(List<byte> file, int place, Random random)
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
