namespace CourseLib.Benchmarks.Comparing;

/// <summary>A table in Markdown: texts to the left, numbers to the right.</summary>
internal static class MarkdownTable
{
    /// <summary>The table, without a line end after it.</summary>
    /// <param name="headings">One for each column; a heading that begins with <c>|</c> has a column of texts.</param>
    /// <param name="rows">The cells.</param>
    public static string Of(IReadOnlyList<string> headings, IEnumerable<IEnumerable<string>> rows) => string.Join('\n',
        rows.Select(Line).Prepend($"|{string.Concat(headings.Select(heading => IsText(heading) ? "---|" : "--:|"))}").Prepend(Line(headings.Select(heading => heading.TrimStart('|')))));

    private static bool IsText(string heading) => heading.StartsWith('|');

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
