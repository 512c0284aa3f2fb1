using System.Collections.Immutable;
using System.Globalization;
using CourseLib.Display;

namespace CourseLib.Charts;

/// <summary>A table for a reader: numbers short, invariant and right-aligned. Immutable, so calls chain: <c>new Table("n", "loss").Row(10, 0.25).Caption("…")</c>.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class Table
{
    private readonly ImmutableArray<string> headers;
    private readonly ImmutableArray<object?[]> rows;
    private readonly string caption;

    /// <summary>A table with these columns and no rows yet.</summary>
    /// <exception cref="ArgumentException">There is no column.</exception>
    public Table(params string[] headers)
        : this(headers.Length > 0 ? [.. headers] : throw new ArgumentException("Table: expected at least one column, got none", nameof(headers)), [], "")
    {
    }

    private Table(ImmutableArray<string> headers, ImmutableArray<object?[]> rows, string caption) => (this.headers, this.rows, this.caption) = (headers, rows, caption);

    /// <summary>A table with one more row.</summary>
    /// <exception cref="ArgumentException">There are not as many cells as columns.</exception>
    public Table Row(params object?[] cells) => cells.Length == headers.Length
        ? new Table(headers, rows.Add([.. cells]), caption)
        : throw new ArgumentException($"Table.Row: expected {headers.Length} cells, one for each column, got {cells.Length}", nameof(cells));

    /// <summary>A table with one more row for each item.</summary>
    public Table Rows<T>(IEnumerable<T> items, Func<T, object?[]> cells) => items.Aggregate(this, (table, item) => table.Row(cells(item)));

    /// <summary>A table with a caption above it.</summary>
    public Table Caption(string caption) => new(headers, rows, caption);

    /// <summary>The least and the greatest of some values as the text of a cell, "0.39 to 0.49"; one number where both read the same.</summary>
    /// <param name="values">At least one, such as the results of several seeds.</param>
    /// <param name="format">How a number is written, such as F2 or P1.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static string Range(IEnumerable<double> values, string format = "F2")
    {
        double[] all = [.. values];
        if (all.Length == 0)
        {
            throw new ArgumentException("Table.Range: expected at least one value, got none.", nameof(values));
        }

        (string least, string greatest) = (all.Min().ToString(format, CultureInfo.InvariantCulture), all.Max().ToString(format, CultureInfo.InvariantCulture));
        return least == greatest ? least : $"{least} to {greatest}";
    }

    /// <summary>The table as HTML, readable on light and dark pages.</summary>
    public string ToHtml() => HtmlTable.Of([.. headers.Select((header, column) => (header, IsNumeric(column)))], rows.Select(row => row.Select(Text)), caption: caption);

    /// <summary>The table as plain text with padded columns, for a console.</summary>
    public override string ToString()
    {
        string[][] lines = rows.Select(row => row.Select(Text).ToArray()).Prepend([.. headers]).ToArray();
        int[] widths = Enumerable.Range(0, headers.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        IEnumerable<string> text = lines.Select(line => string.Join("  ", line.Select((cell, i) => IsNumeric(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        return string.Join("\n", caption.Length > 0 ? text.Prepend(caption) : text);
    }

    private static string Text(object? cell) => cell is null ? "" : Readable.Value(cell);

    private bool IsNumeric(int column) => rows.Any(row => row[column] is not null) && rows.All(row => row[column] is null or double or float or Half or decimal or int or long or short or byte or uint or ulong or ushort or sbyte);
}
