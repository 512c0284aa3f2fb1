using CourseLib.Charts.Layout;
using CourseLib.Display;

namespace CourseLib.Charts.Traces;

/// <summary>
/// The places of a matrix's rows or columns. Evenly spaced rising numbers are places; words, and numbers that are not evenly spaced, label the places 0, 1, 2…
/// </summary>
internal sealed record GridAxis(double[] Places, IReadOnlyList<Tick>? Labels, bool IsNumeric)
{
    public double Step => Places.Length > 1 ? Places[1] - Places[0] : 1;

    /// <summary>All cells, edge to edge.</summary>
    public Extent Cells => new(Places[0] - (Step / 2), Places[^1] + (Step / 2), false, false);

    public static GridAxis Of(string operation, string name, int count, Values? numbers, IReadOnlyList<string>? words)
    {
        if ((words?.Count ?? numbers?.Count ?? count) is var given && given != count)
        {
            throw new ArgumentException($"{operation}: expected {count} values of {name}, one for each {(name == "x" ? "column" : "row")}, got {given}");
        }

        if (words is null && (numbers is null || IsEven(numbers.Value.Items)))
        {
            return new GridAxis(numbers?.Items ?? Values.Indices(count).Items, null, numbers is not null);
        }

        IReadOnlyList<string> texts = words ?? [.. numbers!.Value.Select(number => Readable.Number(number, 3))];
        return new GridAxis(Values.Indices(count).Items, [.. texts.Select((text, i) => new Tick(i, text))], false);
    }

    private static bool IsEven(double[] numbers)
    {
        double step = numbers.Length > 1 ? (numbers[^1] - numbers[0]) / (numbers.Length - 1) : 1;
        return step > 0 && numbers.Select((number, i) => Math.Abs(number - numbers[0] - (i * step)) <= 1e-4 * step).All(even => even);
    }
}
