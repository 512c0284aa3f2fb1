using System.Text;
using CourseLib.Display;

namespace CourseLib.Course;

/// <summary>Results and hints of exercises as HTML, in the look of <see cref="ClaimHtml"/>.</summary>
internal static class ExerciseHtml
{
    /// <summary>The state in words.</summary>
    public static string Words(ExerciseState state) => state switch
    {
        ExerciseState.NotDone => "not done yet",
        ExerciseState.Solved => "solved",
        ExerciseState.Wrong => "not right yet",
        _ => "gives no answer yet",
    };

    public static string Write(ExerciseResult result)
    {
        (string colour, string sign) = result.State switch
        {
            ExerciseState.Solved => ("#009E73", "✓"),
            ExerciseState.NotDone => ("#7f7f7f", "○"),
            _ => ("#D55E00", "✗"),
        };
        StringBuilder html = new();
        html.Append(FormattableString.Invariant($"<div class=\"courselib-exercise\" data-exercise=\"{Html.Escape(result.Id)}\" data-state=\"{result.State}\" data-passed=\"{result.Passed.Count}\" data-misconception=\"{Html.Escape(result.Misconception)}\""));
        html.Append($" style=\"border-left:4px solid {colour};padding:.4em .8em;margin:.4em 0;background:rgba(128,128,128,.08);line-height:1.45\">");
        html.Append($"<div><strong>{sign} {Words(result.State)}</strong> <code>{Html.Escape(result.Id)}</code> {Html.Escape(result.Title)}</div>");
        if (result.Passed.Count > 0)
        {
            html.Append("<div style=\"margin-top:.25em\">").AppendJoin("<br>", result.Passed.Select(name => $"✓ {Html.Escape(name)}")).Append("</div>");
        }

        Line(html, result.Problem, "✗ ", "");
        Line(html, result.Misconception, "This looks like: <b>", "</b>");
        Line(html, result.Hint, "", "");
        return html.Append("</div>").ToString();
    }

    public static string Write(ExerciseHint hint)
    {
        StringBuilder html = new("<div class=\"courselib-hint\" style=\"border-left:4px solid #0072B2;padding:.4em .8em;margin:.4em 0;background:rgba(128,128,128,.08);line-height:1.45\">");
        html.Append(FormattableString.Invariant($"<div><strong>Hint {hint.Step} of {hint.Steps}</strong> <code>{Html.Escape(hint.Id)}</code></div>"));
        Line(html, hint.Text, "", "");
        if (hint.Code.Length > 0)
        {
            html.Append($"<pre style=\"margin:.4em 0 0\"><code>{Html.Escape(hint.Code)}</code></pre>");
        }

        return html.Append("</div>").ToString();
    }

    private static void Line(StringBuilder html, string text, string before, string after)
    {
        if (text.Length > 0)
        {
            html.Append($"<div style=\"margin-top:.25em\">{before}{Html.Escape(text)}{after}</div>");
        }
    }
}
