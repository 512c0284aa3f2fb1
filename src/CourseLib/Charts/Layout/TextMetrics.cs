namespace CourseLib.Charts.Layout;

/// <summary>
/// Estimates how wide text is in a common sans serif face, without a font: enough to leave room. Widths in parts of the font size, rounded up.
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
        'i' or 'j' or 'l' or '\'' or '|' or '!' or '.' or ',' or ':' or ';' => 0.28,
        'f' or 't' or 'r' or ' ' or '(' or ')' or '[' or ']' or '-' or '/' or '·' => 0.36,
        >= '⁰' and <= '⁹' or '²' or '³' or '¹' or '⁻' => 0.4,
        'm' or 'w' or 'M' or 'W' or '%' or '@' or '—' => 0.9,
        >= 'A' and <= 'Z' or '+' or '=' or '<' or '>' or '~' or '−' or '≤' or '≥' or '∞' => 0.68,
        >= 'Ѐ' and <= 'ӿ' => 0.64,
        >= '⺀' => 1.0,
        _ => 0.57,
    };
}
