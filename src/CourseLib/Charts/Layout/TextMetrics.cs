namespace CourseLib.Charts.Layout;

/// <summary>
/// Estimates how wide text is without a font: what DejaVu Sans takes, rounded up, the widest of the faces that systems show as sans serif. Widths in parts of the font size.
/// </summary>
internal static class TextMetrics
{
    public static double Width(string text, double size) => text.Sum(Advance) * size;

    public static double Widest(IEnumerable<string> texts, double size) => texts.Select(text => Width(text, size)).DefaultIfEmpty(0).Max();

    /// <summary>Breaks text at spaces so that each line fits; a longer word stands alone.</summary>
    public static string[] Wrap(string text, double size, double width)
    {
        List<string> lines = new();
        foreach (string word in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && Width(lines[^1] + " " + word, size) <= width)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return [.. lines];
    }

    private static double Advance(char c) => c switch
    {
        'i' or 'j' or 'l' or '\'' or 'I' or 'J' => 0.3,
        ' ' or '.' or ',' or ':' or ';' or '|' or '/' or '·' => 0.34,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '!' => 0.41,
        >= '⁰' and <= '⁹' or >= '₀' and <= '₉' or '²' or '³' or '¹' => 0.41,
        'm' or 'M' or 'W' or '%' or '@' or '—' or '…' => 1.0,
        'w' or '+' or '=' or '<' or '>' or '~' or '−' or '≤' or '≥' or '∞' or '→' or '×' or '^' or '#' or '&' => 0.84,
        >= 'A' and <= 'Z' => 0.78,
        >= 'Ѐ' and <= 'ӿ' => 0.72,
        >= '⺀' => 1.0,
        _ => 0.64,
    };
}
