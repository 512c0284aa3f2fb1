using System.Text;
using CourseLib.Display;

namespace CourseLib.Course;

/// <summary>
/// A claim as HTML. The colours of text and ground are inherited or translucent, so that it reads on light and dark pages: only the edge is coloured; the verdict is a word and a sign, never a colour alone.
/// </summary>
internal static class ClaimHtml
{
    private const string Good = "#009E73";
    private const string Bad = "#D55E00";

    public static string Write(Claim claim)
    {
        bool holds = claim.IsHolding;
        string colour = holds ? Good : Bad;
        StringBuilder html = new();
        html.Append("<div class=\"courselib-claim\"");
        Attribute(html, "claim", claim.Id);
        Attribute(html, "holds", holds ? "true" : "false");
        Attribute(html, "expected", claim.Expected);
        Attribute(html, "measured", claim.Measured);
        Attribute(html, "margin", claim.Margin);
        Attribute(html, "control", claim.Control);
        html.Append($" style=\"border-left:4px solid {colour};padding:.4em .8em;margin:.4em 0;background:rgba(128,128,128,.08);line-height:1.45\">");
        html.Append($"<div><strong>{(holds ? "✓" : "✗")} {(holds ? "holds" : "does not hold")}</strong> <code>{Html.Escape(claim.Id)}</code></div>");
        foreach (Check check in claim.Checks)
        {
            Check(html, check);
        }

        return html.Append("</div>").ToString();
    }

    private static void Check(StringBuilder html, Check check)
    {
        bool repeated = check.Expected == check.Statement;
        html.Append("<div style=\"margin-top:.25em\">").Append(check.IsHolding ? "" : "<strong>✗</strong> ").Append(Html.Escape(check.Statement)).Append(": measured <b>").Append(Html.Escape(check.Measured)).Append("</b>");
        html.Append(repeated ? "" : $", expected <b>{Html.Escape(check.Expected)}</b>");
        html.Append(check.Margin.Length > 0 ? $" {Html.Escape(check.Margin)}" : "");
        html.Append($"<br><small>control: {Html.Escape(check.ControlIs)} gives {Html.Escape(check.Control)} - ");
        html.Append(check.ControlFailed ? "fails, as it must" : "<strong>control did not fail</strong>, so the check proves nothing").Append("</small></div>");
    }

    private static void Attribute(StringBuilder html, string name, string value) => html.Append($" data-{name}=\"{Html.Escape(value)}\"");
}
