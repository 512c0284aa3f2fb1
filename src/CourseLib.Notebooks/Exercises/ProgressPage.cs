using System.Text;
using System.Text.RegularExpressions;
using CourseLib.Display;

namespace CourseLib.Notebooks.Exercises;

/// <summary>A <see cref="ProgressTable"/> as one HTML file that needs nothing else.</summary>
internal static partial class ProgressPage
{
    public static string Of(ProgressTable table)
    {
        StringBuilder html = new("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>Exercises</title>\n");
        html.Append("<style>body{font:16px/1.5 system-ui,sans-serif;margin:2em}table{border-collapse:collapse}th,td{padding:.25em .6em;border-bottom:1px solid #8884;text-align:left}td.state{text-align:center}.scroll{overflow-x:auto}</style>\n</head>\n<body>\n<h1>Exercises</h1>\n");
        bool alone = table.Rows is [{ Learner: "" }];
        html.Append("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Exercise</th>");
        html.AppendJoin("", table.Rows.Select(row => $"<th scope=\"col\">{(alone ? "State" : Html.Escape(Name(row)))}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (string id in table.Ids)
        {
            html.Append($"<tr><th scope=\"row\"><code>{Html.Escape(id)}</code></th>");
            foreach (ProgressTable.Row row in table.Rows)
            {
                string idea = row.Records.GetValueOrDefault(id)?.Misconception ?? "";
                string words = (ProgressTable.Words(row, id) is { Length: > 0 } state ? state : "not handed in") + (idea.Length > 0 ? $": {idea}" : "");
                html.Append($"<td class=\"state\" title=\"{Html.Escape(words)}\">{ProgressTable.Sign(row, id)} {(alone ? Html.Escape(words) : "")}</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n<tfoot><tr><th scope=\"row\">solved</th>").AppendJoin("", table.Rows.Select(row => FormattableString.Invariant($"<td class=\"state\">{row.Solved}</td>")));
        html.Append("</tr></tfoot>\n</table></div>\n<p>" + ProgressTable.Legend + "</p>\n");
        if (table.Advice.Length > 0)
        {
            html.Append($"<h2>Not run</h2>\n<p>{Code().Replace(Html.Escape(table.Advice), "<code>$1</code>")}</p>\n<ul>\n");
            html.AppendJoin("", table.Rows.Where(row => row.Note.Length > 0).Select(row => $"<li>{Html.Escape(alone ? row.Note : $"{Name(row)}: {row.Note}")}</li>\n")).Append("</ul>\n");
        }

        if (!alone && table.Rows.Any(row => table.Misconceptions(row).Any()))
        {
            html.Append("<h2>Wrong ideas</h2>\n<ul>\n");
            html.AppendJoin("", table.Rows.SelectMany(row => table.Misconceptions(row).Select(idea => $"<li>{Html.Escape($"{Name(row)}, {idea}")}</li>\n"))).Append("</ul>\n");
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Code();

    private static string Name(ProgressTable.Row row) => row.Learner.Length > 0 ? row.Learner : ".";
}
