using System.Text;

namespace CourseLib.Display;

/// <summary>The one look of tables: room between columns, numbers on the right, readable on light and dark pages.</summary>
internal static class HtmlTable
{
    private const string CellStyle = "padding:.25em .8em;border-bottom:1px solid rgba(128,128,128,.25)";

    /// <summary>A table of texts, which are escaped here.</summary>
    /// <param name="columns">Titles, and whether a column holds numbers.</param>
    /// <param name="rows">As many texts in each as there are columns.</param>
    /// <param name="footer">A last row under a line, or null.</param>
    /// <param name="caption">Above the table; none when empty.</param>
    internal static string Of(IReadOnlyList<(string Title, bool IsNumber)> columns, IEnumerable<IEnumerable<string>> rows, IEnumerable<string>? footer = null, string caption = "")
    {
        StringBuilder html = new("<table class=\"courselib-table\" style=\"border-collapse:collapse;margin:.4em 0\">");
        if (caption.Length > 0)
        {
            html.Append($"<caption style=\"text-align:left;caption-side:top;padding:.2em 0\">{Html.Escape(caption)}</caption>");
        }

        string[] styles = [.. columns.Select(column => $"{CellStyle};text-align:{(column.IsNumber ? "right;font-variant-numeric:tabular-nums" : "left")}")];
        html.Append("<thead><tr>").AppendJoin("", columns.Select((column, i) => $"<th scope=\"col\" style=\"{styles[i]};border-bottom-color:currentColor\">{Html.Escape(column.Title)}</th>")).Append("</tr></thead><tbody>");
        foreach (IEnumerable<string> row in rows)
        {
            AppendRow(html, styles, row);
        }

        html.Append("</tbody>");
        if (footer is not null)
        {
            AppendRow(html.Append("<tfoot>"), styles, footer);
            html.Append("</tfoot>");
        }

        return html.Append("</table>").ToString();
    }

    private static void AppendRow(StringBuilder html, string[] styles, IEnumerable<string> cells) =>
        html.Append("<tr>").AppendJoin("", cells.Select((cell, i) => $"<td style=\"{styles[i]}\">{Html.Escape(cell)}</td>")).Append("</tr>");
}
