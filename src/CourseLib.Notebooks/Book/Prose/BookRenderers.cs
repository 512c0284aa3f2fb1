using CourseLib.Notebooks.Book.Code;
using CourseLib.Notebooks.Book.Formulas;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CourseLib.Notebooks.Book.Prose;

/// <summary>What the book writes differently from Markdig.</summary>
internal static class BookRenderers
{
    public static void Install(HtmlRenderer renderer, TypesetFormulas formulas, ILinks links)
    {
        renderer.ObjectRenderers.Insert(0, new BlockFormula(formulas));
        renderer.ObjectRenderers.Insert(0, new InlineFormula(formulas));
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new ColouredCode());
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new ScrollingTable());
        renderer.ObjectRenderers.Replace<LinkInlineRenderer>(new Link(links));
        renderer.ObjectRenderers.Replace<AutolinkInlineRenderer>(new BareLink(links));
    }

    private sealed class BlockFormula(TypesetFormulas formulas) : HtmlObjectRenderer<DisplayMath>
    {
        protected override void Write(HtmlRenderer renderer, DisplayMath math) =>
            renderer.Write("<div class=\"equation\">").Write(formulas.Show(BookMarkdown.FormulaOf(math)!.Value).Value).WriteLine("</div>");
    }

    private sealed class InlineFormula(TypesetFormulas formulas) : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline math) => renderer.Write(formulas.Show(BookMarkdown.FormulaOf(math)!.Value).Value);
    }

    private sealed class ColouredCode : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock block)
        {
            string code = block.Lines.ToString().ReplaceLineEndings("\n");
            bool isCSharp = (block as FencedCodeBlock)?.Info?.ToLowerInvariant() is "csharp" or "c#" or "cs";
            Markup html = isCSharp ? CSharpHighlighter.Highlight(code) : Markup.Text(code);
            renderer.Write("<pre class=\"code\"><code>").Write(html.Value).WriteLine("</code></pre>");
        }
    }

    /// <summary>A table wider than the page scrolls by itself.</summary>
    private sealed class ScrollingTable : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.Write("<div class=\"scroll\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }
    }

    private sealed class Link(ILinks links) : HtmlObjectRenderer<LinkInline>
    {
        protected override void Write(HtmlRenderer renderer, LinkInline link)
        {
            string target = link.GetDynamicUrl?.Invoke() ?? link.Url ?? "";
            string? address = link.IsImage ? links.Picture(target) : links.Page(target);
            if (link.IsImage && address is not null)
            {
                renderer.Write("<img src=\"").Write(Markup.Escape(address)).Write("\" alt=\"");
                bool tags = renderer.EnableHtmlForInline;
                renderer.EnableHtmlForInline = false;
                renderer.WriteChildren(link);
                renderer.EnableHtmlForInline = tags;
                renderer.Write("\">");
                return;
            }

            Around(renderer, address, () => renderer.WriteChildren(link));
        }
    }

    private sealed class BareLink(ILinks links) : HtmlObjectRenderer<AutolinkInline>
    {
        protected override void Write(HtmlRenderer renderer, AutolinkInline link) =>
            Around(renderer, links.Page(link.IsEmail ? "mailto:" + link.Url : link.Url), () => renderer.WriteEscape(link.Url));
    }

    private static void Around(HtmlRenderer renderer, string? address, Action content)
    {
        if (address is null)
        {
            content();
            return;
        }

        renderer.Write("<a href=\"").Write(Markup.Escape(address)).Write("\">");
        content();
        renderer.Write("</a>");
    }
}
