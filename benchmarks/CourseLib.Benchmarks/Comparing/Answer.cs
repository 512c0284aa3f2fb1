using System.Globalization;

namespace CourseLib.Benchmarks.Comparing;

/// <summary>What a contender says, in one line: <c>@hello OpenBLAS 0.3.21</c>, <c>@times 12.1 12.3</c>, <c>@digest 100 -3.5 41.2</c>, <c>@missing no such library</c>.</summary>
/// <param name="Kind">The word after the sign.</param>
/// <param name="Numbers">Microseconds per call of each sample, or a digest's three numbers.</param>
/// <param name="Text">Name and version, or the reason why there is nothing.</param>
internal sealed record Answer(string Kind, IReadOnlyList<double> Numbers, string Text)
{
    /// <summary>The contender is ready; the text names it and its version.</summary>
    public const string Hello = "hello";

    /// <summary>Microseconds per call.</summary>
    public const string Times = "times";

    /// <summary>See <see cref="Comparing.Digest"/>.</summary>
    public const string Digest = "digest";

    /// <summary>The contender, or the work in it, is not there; the text says why.</summary>
    public const string Missing = "missing";

    private const char Sign = '@';

    /// <summary>The contender is not there, or cannot do this.</summary>
    public static Answer Without(string reason) => new(Missing, [], reason);

    /// <summary>The line that says this; a reason of several lines becomes one.</summary>
    public string ToLine() => Kind is Times or Digest
        ? $"{Sign}{Kind} {string.Join(' ', Numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}"
        : $"{Sign}{Kind} {string.Join(' ', Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}";

    /// <summary>Reads such a line; null for anything else that a contender's libraries may print.</summary>
    public static Answer? Parse(string line)
    {
        string[] parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        string rest = parts.Length == 2 ? parts[1] : "";
        return parts[0] switch
        {
            [Sign, .. Hello or Missing] => new(parts[0][1..], [], rest),
            [Sign, .. Times or Digest] => OfNumbers(parts[0][1..], rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            _ => null,
        };
    }

    private static Answer? OfNumbers(string kind, string[] words)
    {
        double[] numbers = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers.Length > 0 && (kind == Times || numbers.Length == 3) ? new(kind, numbers, "") : null;
    }
}
