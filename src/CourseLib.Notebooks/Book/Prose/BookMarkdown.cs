using CourseLib.Notebooks.Book.Formulas;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Syntax;

namespace CourseLib.Notebooks.Book.Prose;

/// <summary>
/// The Markdown of notebooks: CommonMark with tables and formulas. HTML in it is shown as text, and there are no generic attributes: a text can
/// put no element and no script into a page.
/// </summary>
internal static class BookMarkdown
{
    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>Parses the text of a cell.</summary>
    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);

    /// <summary>The formulas of a text.</summary>
    public static IEnumerable<Formula> Formulas(MarkdownDocument document) => document.Descendants().Select(FormulaOf).OfType<Formula>();

    /// <summary>The formula at <paramref name="node"/>, or null where there is none.</summary>
    public static Formula? FormulaOf(MarkdownObject node) => node switch
    {
        DisplayMath block => new Formula(block.Latex, Display: true),
        MathInline inline => new Formula(inline.Content.ToString().Trim(), Display: inline.DelimiterCount > 1),
        _ => null,
    };

    /// <summary>Renders a parsed text.</summary>
    public static Markup Render(MarkdownDocument document, TypesetFormulas formulas, ILinks links)
    {
        using StringWriter text = new() { NewLine = "\n" };
        HtmlRenderer renderer = new(text);
        Pipeline.Setup(renderer);
        BookRenderers.Install(renderer, formulas, links);
        renderer.Render(document);
        return new(text.ToString().TrimEnd());
    }

    private static MarkdownPipeline Build()
    {
        MarkdownPipelineBuilder builder = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseTaskLists();

        // Markdig's own parser of formula blocks wants the dollars alone on their lines; its inline parser is the one used here.
        builder.BlockParsers.Insert(0, new DisplayMathParser());
        builder.InlineParsers.InsertBefore<EmphasisInlineParser>(new MathInlineParser());
        return builder.Build();
    }
}
