using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseLib.Notebooks.Book.Formulas;
using CourseLib.Notebooks.Book.Prose;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Book.Pages;

/// <summary>
/// One output of a cell. HTML is what an object made of itself (<c>ToHtml()</c>) and goes in as it is; everything that is text, the
/// console's above all, is escaped.
/// </summary>
internal static partial class OutputHtml
{
    private static readonly string[] Pictures = ["image/svg+xml", "image/png", "image/jpeg", "image/gif"];

    /// <summary>Whether the output is an object's own HTML that reports the claim.</summary>
    public static bool Reports(JsonNode? output, string claim) =>
        NotebookText.Join(output?["data"]?["text/html"]).Contains($"data-claim=\"{Markup.Escape(claim)}\"", StringComparison.Ordinal);

    /// <summary>Renders an output.</summary>
    public static Markup Render(JsonNode? output, CellOutcome? cell) => (string?)output?["output_type"] switch
    {
        "stream" => Stream((string?)output["name"], NotebookText.Join(output["text"])),
        "error" => Error(cell, (string?)output["ename"] ?? "Error", NotebookText.Join(output["evalue"])),
        "display_data" or "execute_result" => Data(output["data"] as JsonObject ?? []),
        _ => Markup.Empty,
    };

    /// <summary>The red box of a cell that failed.</summary>
    public static Markup Error(CellOutcome? cell, string name, string message)
    {
        string title = cell is null ? name : CellProblem.Sentence(cell);
        return new MarkupWriter().Add($"<div class=\"output error\" role=\"note\"><p class=\"what\">{title}</p><pre>{Clean(message)}</pre></div>\n").ToHtml();
    }

    private static Markup Stream(string? name, string text)
    {
        string kind = name == "stderr" ? "output stream stderr" : "output stream";
        return new MarkupWriter().Add($"<pre class=\"{kind}\">{Clean(text)}</pre>\n").ToHtml();
    }

    private static Markup Data(JsonObject data)
    {
        MarkupWriter html = new();
        if (data["text/html"] is { } own)
        {
            return html.Add($"<div class=\"output own\">{new Markup(NotebookText.Join(own))}</div>\n").ToHtml();
        }

        if (Pictures.FirstOrDefault(data.ContainsKey) is { } mime)
        {
            string content = NotebookText.Join(data[mime]);
            string base64 = mime.Contains("svg", StringComparison.Ordinal) ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(content)) : content.ReplaceLineEndings("");
            return html.Add($"<div class=\"output own\"><img src=\"data:{mime};base64,{base64}\" alt=\"{NotebookText.Join(data["text/plain"])}\"></div>\n").ToHtml();
        }

        if (data["text/markdown"] is { } markdown)
        {
            Markup text = BookMarkdown.Render(BookMarkdown.Parse(NotebookText.Join(markdown)), TypesetFormulas.None, NoLinks.Instance);
            return html.Add($"<div class=\"output prose\">{text}</div>\n").ToHtml();
        }

        JsonNode? plain = data["text/plain"] ?? data["text/latex"];
        return plain is null ? Markup.Empty : html.Add($"<pre class=\"output plain\">{Clean(NotebookText.Join(plain))}</pre>\n").ToHtml();
    }

    /// <summary>Text without the colours and cursor movements of a terminal.</summary>
    private static string Clean(string text) => Terminal().Replace(text, "").TrimEnd('\n');

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\)|[@-Z\\-_])")]
    private static partial Regex Terminal();

    private sealed class NoLinks : ILinks
    {
        public static NoLinks Instance { get; } = new();

        public string? Page(string target) => null;

        public string? Picture(string target) => null;
    }
}
