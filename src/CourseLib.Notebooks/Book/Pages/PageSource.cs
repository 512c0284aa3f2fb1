using CourseLib.Notebooks.Book.Formulas;
using CourseLib.Notebooks.Book.Prose;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Running;
using Markdig.Syntax;

namespace CourseLib.Notebooks.Book.Pages;

/// <summary>A notebook with its texts parsed: its headings, and so the links into it, are known before any page is written.</summary>
internal sealed class PageSource
{
    private readonly Dictionary<int, MarkdownDocument> texts = [];

    public PageSource(ExecutedNotebook notebook)
    {
        Notebook = notebook;
        foreach (NotebookCell cell in notebook.Notebook?.Cells ?? [])
        {
            if (cell.Kind == CellKind.Markdown)
            {
                MarkdownDocument document = BookMarkdown.Parse(cell.Source);
                Headings.Add(document);
                texts.Add(cell.Index, document);
            }
        }
    }

    public ExecutedNotebook Notebook { get; }

    public Headings Headings { get; } = new();

    /// <summary>The title: the first heading, or the notebook's name.</summary>
    public string Title => Headings.Title ?? Notebook.Name;

    /// <summary>Whether the page has to bring its own first heading.</summary>
    public bool Untitled => Headings.Title is null;

    /// <summary>All formulas of its texts, with the place of their cell in the notebook.</summary>
    public IEnumerable<(int Index, Formula Formula)> Formulas => texts.SelectMany(text => BookMarkdown.Formulas(text.Value).Select(formula => (text.Key, formula)));

    /// <summary>The parsed text of a Markdown cell.</summary>
    public MarkdownDocument Text(NotebookCell cell) => texts[cell.Index];
}
