using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Book.Formulas;
using CourseLib.Notebooks.Book.Pages;
using CourseLib.Notebooks.Book.Prose;
using CourseLib.Notebooks.Book.Reference;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Book;

/// <summary>
/// The course as static pages: the ledger first, then a page for each notebook that was run, then the reference of the library. The pages work from <c>file://</c>; with bundled libraries
/// (<see cref="WebLibraries"/>) they ask nothing of any network. The same notebooks give the same bytes.
/// </summary>
public static class CourseBook
{
    /// <summary>
    /// Writes the book. A notebook that failed or could not be read has its page with the error; the pages of notebooks that were not run
    /// stay as an earlier book left them. Every file is replaced as a whole, the first page last.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static BookResult Write(BookRequest request)
    {
        string folder = Path.GetFullPath(request.Folder);
        List<PageSource> sources = request.Notebooks.Select(notebook => new PageSource(notebook)).ToList();
        List<BookEntry> entries = Entries(request, folder, sources);
        TypesetFormulas formulas = TypesetFormulas.Make(AllFormulas(request, sources), request.Libraries.Folder);
        PageFrame frame = new(request.Libraries, Typeset: formulas.Any);

        BookFiles files = new(folder);
        files.WriteAssets(request.Libraries);
        HashSet<string> pages = entries.Select(entry => entry.Name).ToHashSet();
        foreach (PageSource source in sources)
        {
            files.Write(PageNames.File(source.Notebook.Name), NotebookPageOf(source, entries, pages, formulas, frame));
        }

        HashSet<string> written = request.Course.Concat(pages).ToHashSet();
        if (request.WithReference)
        {
            ReferencePages.Write(LibraryReference.Load(), frame, files);
        }

        IndexPage index = new(request.Ledger, entries, LedgerRow.All(request.Ledger, entries, written), formulas, request.WithReference);
        string first = frame.Page(PageFrame.BookTitle, PageFrame.Navigation("Contents", index.Navigation), index.Render(), Markup.Empty);
        files.Write(BookEntry.FileName, BookEntry.ToJson(entries));
        files.Write(PageNames.Index, first);
        return new(Path.Combine(folder, PageNames.Index), Notices(request, sources, formulas));
    }

    private static List<BookEntry> Entries(BookRequest request, string folder, IReadOnlyList<PageSource> sources)
    {
        List<BookEntry> fresh = sources.Select(source => BookEntry.Of(source.Notebook, source.Title)).ToList();
        IEnumerable<BookEntry> kept = BookEntry.Read(folder).Where(entry => request.Course.Contains(entry.Name) && fresh.TrueForAll(other => other.Name != entry.Name));
        return [.. fresh.Concat(kept).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<Formula> AllFormulas(BookRequest request, IEnumerable<PageSource> sources) =>
        sources.SelectMany(source => source.Formulas.Select(place => place.Formula))
            .Concat(request.Ledger.Claims.SelectMany(claim => (string?[])[claim.Claim, claim.Show, claim.Erratum]).SelectMany(LedgerText.Formulas));

    private static string NotebookPageOf(PageSource source, List<BookEntry> entries, HashSet<string> pages, TypesetFormulas formulas, PageFrame frame)
    {
        ExecutedNotebook notebook = source.Notebook;
        NotebookLinks links = new(Path.GetDirectoryName(notebook.Path) ?? ".", pages, source.Headings.Ids);
        Markup content = new NotebookPage(source, formulas, links).Render();
        int place = entries.FindIndex(entry => entry.Name == notebook.Name);
        Markup foot = PageFrame.Foot(entries.ElementAtOrDefault(place - 1), entries.ElementAtOrDefault(place + 1));
        return frame.Page($"{source.Title} · {PageFrame.BookTitle}", PageFrame.Navigation("On this page", ContentsOf(source, entries[place])), content, foot);
    }

    private static IEnumerable<(string Address, string Text, int Level)> ContentsOf(PageSource source, BookEntry entry)
    {
        IEnumerable<(string, string Text, int Level)> headings = source.Headings.Entries.Where(heading => heading.Level <= 3).Select(heading => ("#" + heading.Id, heading.Text, heading.Level));
        List<(string, string, int)> claims = entry.Claims.DistinctBy(claim => claim.Id).Select(claim => ("#" + PageNames.Claim(claim.Id), (claim.Holds ? "✓ " : "✗ ") + claim.Id, 3)).ToList();
        return claims.Count == 0 ? headings : [.. headings, (PageNames.Index + "#" + IndexPage.All, "Claims in the ledger", 2), .. claims];
    }

    private static List<string> Notices(BookRequest request, IReadOnlyList<PageSource> sources, TypesetFormulas formulas)
    {
        List<string> notices = new();
        if (request.Libraries.Notice is { } notice)
        {
            notices.Add(notice);
        }

        Dictionary<Formula, string> reasons = formulas.Rejected.ToDictionary();
        foreach (PageSource source in sources)
        {
            foreach ((int index, Formula formula) in source.Formulas.Where(place => reasons.ContainsKey(place.Formula)))
            {
                notices.Add(FormattableString.Invariant($"{source.Notebook.Name}, cell {index + 1} of the file: the formula {formula.Latex.ReplaceLineEndings(" ")} is shown as LaTeX: {reasons[formula]}"));
            }
        }

        return notices;
    }
}
