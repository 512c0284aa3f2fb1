using System.Text.RegularExpressions;
using CourseLib.Notebooks.Book.Formulas;

namespace CourseLib.Notebooks.Book.Pages;

/// <summary>The ledger's sentences: plain text, in which <c>$…$</c> is a formula and <c>`…`</c> code. They are no Markdown: "a * b * c" means a product.</summary>
internal static partial class LedgerText
{
    /// <summary>The formulas of a sentence.</summary>
    public static IEnumerable<Formula> Formulas(string? text) =>
        Marked().Matches(text ?? "").Where(match => match.Groups["latex"].Success).Select(match => new Formula(match.Groups["latex"].Value, Display: false));

    /// <summary>The sentence as HTML.</summary>
    public static Markup Render(string text, TypesetFormulas formulas)
    {
        MarkupWriter html = new();
        int from = 0;
        foreach (Match match in Marked().Matches(text))
        {
            html.Add(InItsLanguage(text[from..match.Index]));
            _ = match.Groups["latex"].Success ? html.Add(formulas.Show(new(match.Groups["latex"].Value, Display: false))) : html.Add($"<code>{match.Groups["code"].Value}</code>");
            from = match.Index + match.Length;
        }

        return html.Add(InItsLanguage(text[from..])).ToHtml();
    }

    /// <summary>Text of the lectures is Russian: a screen reader has to know.</summary>
    public static Markup InItsLanguage(string text) =>
        Cyrillic().IsMatch(text) ? new MarkupWriter().Add($"<span lang=\"ru\">{text}</span>").ToHtml() : Markup.Text(text);

    [GeneratedRegex(@"\$(?<latex>[^$\n]+)\$|`(?<code>[^`\n]+)`")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex Cyrillic();
}
