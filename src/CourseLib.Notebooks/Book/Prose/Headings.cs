using System.Text;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CourseLib.Notebooks.Book.Prose;

/// <summary>An entry of a page's contents.</summary>
/// <param name="Level">2 for a section, 3 for a part of one.</param>
/// <param name="Id">The heading's id on the page.</param>
/// <param name="Text">Its words; formulas as LaTeX.</param>
internal sealed record Heading(int Level, string Id, string Text);

/// <summary>
/// Brings the headings of all cells of a notebook into one hierarchy: the first of level one is the page's title, every other is at
/// least a section, no level is skipped, and each has an id of its own.
/// </summary>
internal sealed class Headings
{
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly List<Heading> entries = [];
    private int level = 1;

    /// <summary>The page's title, or null while none was seen.</summary>
    public string? Title { get; private set; }

    /// <summary>The headings below the title, in order.</summary>
    public IReadOnlyList<Heading> Entries => entries;

    /// <summary>All ids.</summary>
    public IReadOnlySet<string> Ids => ids;

    /// <summary>Takes in the headings of the next cell and gives them their levels and ids.</summary>
    public void Add(MarkdownDocument document)
    {
        foreach (HeadingBlock heading in document.Descendants<HeadingBlock>())
        {
            string text = Words(heading.Inline);
            bool isTitle = heading.Level == 1 && Title is null && entries.Count == 0;
            if (isTitle)
            {
                Title = text;
            }

            level = isTitle ? 1 : Math.Clamp(heading.Level, 2, level + 1);
            heading.Level = level;
            string id = Unique(Slug(text));
            heading.GetAttributes().Id = id;
            if (!isTitle)
            {
                entries.Add(new(level, id, text));
            }
        }
    }

    /// <summary>The id that a heading's text gives: its letters and digits in lower case, whatever the alphabet, joined by hyphens.</summary>
    public static string Slug(string text)
    {
        StringBuilder slug = new();
        foreach (char c in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-' && (char.IsWhiteSpace(c) || c is '-' or '_' or '.' or '/'))
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }

    private string Unique(string slug)
    {
        string id = slug.Length == 0 ? "section" : slug;
        for (int i = 2; !ids.Add(id); i++)
        {
            id = FormattableString.Invariant($"{slug}-{i}");
        }

        return id;
    }

    private static string Words(ContainerInline? inline)
    {
        StringBuilder words = new();
        foreach (MarkdownObject node in inline?.Descendants() ?? [])
        {
            _ = node switch
            {
                LiteralInline literal => words.Append(literal.Content.AsSpan()),
                CodeInline code => words.Append(code.Content),
                HtmlEntityInline entity => words.Append(entity.Transcoded.AsSpan()),
                LineBreakInline => words.Append(' '),
                _ => BookMarkdown.FormulaOf(node) is { } formula ? words.Append(formula.Latex) : words,
            };
        }

        return words.ToString().Trim();
    }
}
