using CourseLib.Notebooks.Book.Assets;

namespace CourseLib.Notebooks.Book.Pages;

/// <summary>What all pages share: the head, the way back, the navigation and the links to the pages before and after.</summary>
/// <param name="Libraries">Where KaTeX and plotly.js come from.</param>
/// <param name="Typeset">Whether the formulas are typeset already.</param>
internal sealed record PageFrame(WebLibraries Libraries, bool Typeset)
{
    /// <summary>The book's name.</summary>
    public const string BookTitle = "Deep learning in C#";

    /// <summary>A whole page.</summary>
    public string Page(string title, Markup navigation, Markup content, Markup foot)
    {
        MarkupWriter page = new();
        page.Add($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Add($"<meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n");
        AddLibraries(page);
        page.Add($"<link rel=\"stylesheet\" href=\"assets/book.css\">\n<script defer src=\"assets/book.js\"></script>\n</head>\n<body>\n");
        page.Add($"<a class=\"skip\" href=\"#{PageNames.Content}\">Skip to the content</a>\n");
        page.Add($"<header class=\"top\"><p><a href=\"{PageNames.Index}\">{BookTitle}</a></p></header>\n");
        page.Add($"<div class=\"frame\">\n{navigation}<main id=\"{PageNames.Content}\" tabindex=\"-1\">\n{content}</main>\n</div>\n{foot}</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>The page's contents at its side. On a narrow screen they are folded; the script opens them where there is room.</summary>
    public static Markup Navigation(string label, IEnumerable<(string Address, string Text, int Level)> entries)
    {
        MarkupWriter list = new();
        foreach ((string? address, string? text, int level) in entries)
        {
            list.Add($"<li class=\"l{level}\"><a href=\"{address}\">{text}</a></li>\n");
        }

        return list.ToString().Length == 0 ? Markup.Empty : new MarkupWriter()
            .Add($"<nav class=\"contents\" aria-label=\"{label}\">\n<details>\n<summary>{label}</summary>\n<ol>\n{list.ToHtml()}</ol>\n</details>\n")
            .Add($"<script>if(matchMedia(\"(min-width:68rem)\").matches)document.currentScript.previousElementSibling.open=true</script>\n</nav>\n").ToHtml();
    }

    /// <summary>The links at a page's foot.</summary>
    public static Markup Foot(BookEntry? before, BookEntry? after)
    {
        MarkupWriter foot = new MarkupWriter().Add($"<nav class=\"turn\" aria-label=\"Pages\">\n");
        _ = before is null ? foot.Add($"<a class=\"before\" rel=\"prev\" href=\"{PageNames.Index}\"><small>Back to</small> The ledger</a>\n")
            : foot.Add($"<a class=\"before\" rel=\"prev\" href=\"{PageNames.Link(before.Name)}\"><small>Previous</small> {before.Title}</a>\n");
        if (after is not null)
        {
            foot.Add($"<a class=\"after\" rel=\"next\" href=\"{PageNames.Link(after.Name)}\"><small>Next</small> {after.Title}</a>\n");
        }

        return foot.Add($"</nav>\n").ToHtml();
    }

    private void AddLibraries(MarkupWriter page)
    {
        if (Libraries.Bundled)
        {
            // A chart looks here before it asks its pinned address.
            page.Add($"<link rel=\"stylesheet\" href=\"assets/katex/katex.min.css\">\n<script>window.courselibPlotly=\"assets/plotly/plotly.min.js\"</script>\n");
        }
        else
        {
            page.Add($"<link rel=\"stylesheet\" href=\"{WebLibraries.KatexStyle.Url}\" integrity=\"{WebLibraries.KatexStyle.Integrity}\" crossorigin=\"anonymous\">\n");
        }

        if (Typeset)
        {
            return;
        }

        _ = Libraries.Bundled ? page.Add($"<script defer src=\"assets/katex/katex.min.js\"></script>\n")
            : page.Add($"<script defer src=\"{WebLibraries.KatexScript.Url}\" integrity=\"{WebLibraries.KatexScript.Integrity}\" crossorigin=\"anonymous\"></script>\n");
        page.Add($"<script defer src=\"assets/formulas.js\"></script>\n");
    }
}
