using System.Text;

namespace CourseLib.Tests.Shared;

/// <summary>Damages files in the ways that find holes in readers. Case number n of the same seeds is always the same file.</summary>
internal sealed class Mutator(params byte[][] seeds)
{
    private const int Edge = 96;

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
                FieldEdits.SetInteger(file, place, random);
                break;
            case 9:
                FieldEdits.SetDigits(file, place, random);
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
}
