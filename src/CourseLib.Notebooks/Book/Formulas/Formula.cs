namespace CourseLib.Notebooks.Book.Formulas;

/// <summary>A piece of LaTeX from a text.</summary>
/// <param name="Latex">What stands between the dollar signs.</param>
/// <param name="Display">Whether it stands on a line of its own (<c>$$…$$</c>).</param>
internal readonly record struct Formula(string Latex, bool Display)
{
    /// <summary>The formula as LaTeX for a reader, and for the browser's typesetting where the build could not do it.</summary>
    public Markup Readable(string? problem = null)
    {
        string dollars = Display ? "$$" : "$";
        string name = (Display ? "formula display" : "formula") + (problem is null ? "" : " broken");
        return new MarkupWriter().Add($"<span class=\"{name}\"{Title(problem)}>{dollars}{Latex}{dollars}</span>").ToHtml();
    }

    private static Markup Title(string? problem) => problem is null ? Markup.Empty : new MarkupWriter().Add($" title=\"{problem}\"").ToHtml();
}
