using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace CourseLib.Display;

/// <summary>Values as text for a reader: invariant culture, few digits, the same everywhere.</summary>
public static class Readable
{
    private const int MostItems = 8;

    /// <summary>
    /// A number with at most <paramref name="digits"/> significant digits. Whole numbers below 10^15 stand in full; above 10^7 and below 10^-4 in
    /// magnitude the form is <c>1.5e-7</c>.
    /// </summary>
    public static string Number(double value, int digits = 4)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "∞" : "-∞";
        }

        double magnitude = Math.Abs(value);
        if (value == 0 || (magnitude < 1e15 && value == Math.Truncate(value)))
        {
            return value == 0 ? "0" : value.ToString("0", CultureInfo.InvariantCulture);
        }

        if (magnitude is >= 1e-4 and < 1e7)
        {
            // From 10^digits on, the G format would turn to exponents, where a reader expects the whole part.
            double rounded = magnitude >= Math.Pow(10, digits) ? Math.Round(value) : value;
            return rounded.ToString(magnitude >= Math.Pow(10, digits) ? "0" : "0." + new string('#', Decimals(magnitude, digits)), CultureInfo.InvariantCulture);
        }

        return value.ToString("0." + new string('#', digits - 1) + "e0", CultureInfo.InvariantCulture);
    }

    /// <summary>Any value: numbers as <see cref="Number"/>, sequences as <c>[1, 2, 3, …]</c>, tuples as <c>(1, 2)</c>, null as <c>null</c>.</summary>
    public static string Value(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool truth => truth ? "true" : "false",
        double or float or Half or decimal => Number(Convert.ToDouble(value is Half half ? (double)half : value, CultureInfo.InvariantCulture)),
        ITuple tuple => "(" + string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Value(tuple[i]))) + ")",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => Sequence(items),
        _ => value.ToString() ?? "",
    };

    private static string Sequence(IEnumerable items)
    {
        List<string> texts = items.Cast<object?>().Take(MostItems + 1).Select(Value).ToList();
        if (texts.Count > MostItems)
        {
            texts[MostItems] = "…";
        }

        return "[" + string.Join(", ", texts) + "]";
    }

    private static int Decimals(double magnitude, int digits) => Math.Max(0, digits - 1 - (int)Math.Floor(Math.Log10(magnitude)));
}
