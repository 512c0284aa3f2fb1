using System.Globalization;

namespace CourseLib.Charts.Layout;

/// <summary>Chooses ticks at round numbers and writes them with the same number of decimals, invariant culture, a true minus sign.</summary>
internal static class Ticks
{
    private const double Slack = 1e-9;

    // A double spans 632 decades.
    private static readonly int[] Strides = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000];

    /// <summary>At most <paramref name="most"/> ticks (at least two where possible), steps of 1, 2, 2.5 or 5 times a power of ten.</summary>
    public static Tick[] Linear(double low, double high, int most)
    {
        double span = high - low;
        if (!(span > 0) || !double.IsFinite(span))
        {
            return [];
        }

        (double step, int exponent, int decimals) = NiceStep(span / Math.Max(1, most - 1));
        for (int more = most; Count(low, high, step) < 2 && more < most + 20; more++)
        {
            // A single tick says nothing of the scale.
            (step, exponent, decimals) = NiceStep(span / more);
        }

        double first = Math.Ceiling((low / step) - Slack);
        int count = Math.Min(100, Count(low, high, step));
        double largest = Math.Max(Math.Abs(low), Math.Abs(high));
        int power = (int)Math.Floor(Math.Log10(largest) + Slack);
        int mantissa = Math.Max(0, power - exponent) + (decimals - Math.Max(0, -exponent));
        // Small steps at large numbers need all digits: an exponent would hide the difference.
        bool scientific = (power >= 6 || power <= -4) && mantissa <= 5;
        Tick[] ticks = new Tick[Math.Max(0, count)];
        for (int i = 0; i < ticks.Length; i++)
        {
            // The power of ten apart keeps 3 · 0.1 at 0.3.
            double multiple = (first + i) * Math.Round(step / Math.Pow(10, exponent), 1);
            double value = exponent >= 0 ? multiple * Math.Pow(10, exponent) : multiple / Math.Pow(10, -exponent);
            ticks[i] = new Tick(value, scientific ? Scientific(value, power, mantissa) : Fixed(value, decimals));
        }

        return ticks;
    }

    /// <summary>Decades, every so many of them where there are too many; multiples by 2 and 5 where there are few; as <see cref="Linear"/> within one decade.</summary>
    public static Tick[] Logarithmic(double low, double high, int most)
    {
        if (!(low > 0) || !(high > low))
        {
            return [];
        }

        int first = (int)Math.Ceiling(Math.Log10(low) - Slack);
        int last = (int)Math.Floor(Math.Log10(high) + Slack);
        int decades = last - first + 1;
        if (decades >= 3 || (decades == 2 && most < 5))
        {
            double rough = (decades - 1) / Math.Max(1.0, most - 1);
            int stride = Strides.First(s => s >= rough);
            int start = (int)Math.Ceiling(first / (double)stride) * stride;
            bool plain = first >= -3 && last <= 4;
            return [.. Enumerable.Range(0, Math.Max(0, ((last - start) / stride) + 1)).Select(i => start + (i * stride)).Select(e => new Tick(Math.Pow(10, e), plain ? Fixed(Math.Pow(10, e), Math.Max(0, -e)) : Power(e)))];
        }

        List<Tick> multiples = new();
        for (int e = first - 1; e <= last; e++)
        {
            foreach (int m in new[] { 1, 2, 5 })
            {
                double value = e >= 0 ? m * Math.Pow(10, e) : m / Math.Pow(10, -e);
                if (value >= low * (1 - Slack) && value <= high * (1 + Slack))
                {
                    multiples.Add(new Tick(value, e is >= -4 and <= 5 ? Fixed(value, Math.Max(0, -e)) : (m == 1 ? "" : m + "·") + Power(e)));
                }
            }
        }

        return multiples.Count >= 3 ? [.. multiples] : [.. Linear(low, high, most).Where(tick => tick.Value > 0)];
    }

    /// <summary>10 to a power, in superscript digits, which SVG and plotly.js show alike.</summary>
    public static string Power(int exponent)
    {
        const string digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        string text = exponent.ToString(CultureInfo.InvariantCulture);
        return "10" + string.Concat(text.Select(c => c == '-' ? '⁻' : digits[c - '0']));
    }

    private static int Count(double low, double high, double step) => (int)(Math.Floor((high / step) + Slack) - Math.Ceiling((low / step) - Slack)) + 1;

    private static (double Step, int Exponent, int Decimals) NiceStep(double rough)
    {
        int exponent = (int)Math.Floor(Math.Log10(rough));
        double fraction = rough / Math.Pow(10, exponent);
        double nice = fraction <= 1 + Slack ? 1 : fraction <= 2 + Slack ? 2 : fraction <= 2.5 + Slack ? 2.5 : fraction <= 5 + Slack ? 5 : 10;
        if (nice == 10)
        {
            (nice, exponent) = (1, exponent + 1);
        }

        int decimals = Math.Max(0, -exponent) + (nice == 2.5 && exponent <= 0 ? 1 : 0);
        return (nice * Math.Pow(10, exponent), exponent, decimals);
    }

    private static string Fixed(double value, int decimals) => Minus(value.ToString("F" + Math.Min(decimals, 15), CultureInfo.InvariantCulture));

    private static string Scientific(double value, int power, int decimals) =>
        value == 0 ? "0" : $"{Fixed(value / Math.Pow(10, power), decimals)}·{Power(power)}";

    private static string Minus(string text) => text.TrimStart('-', '0', '.').Length == 0 ? text.TrimStart('-') : text.Replace('-', '−');
}
