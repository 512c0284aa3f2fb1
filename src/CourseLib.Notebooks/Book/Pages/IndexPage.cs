using CourseLib.Course;
using CourseLib.Notebooks.Book.Formulas;
using CourseLib.Notebooks.Book.Reference;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Book.Pages;

/// <summary>The book's first page: how many claims hold, the notebooks, and the ledger lecture by lecture.</summary>
internal sealed class IndexPage(Ledger ledger, IReadOnlyList<BookEntry> entries, IReadOnlyList<LedgerRow> rows, TypesetFormulas formulas, bool hasReference)
{
    /// <summary>The id of the ledger's beginning.</summary>
    public const string All = "ledger.all";

    private const string Contents = "notebooks.contents";

    private readonly MarkupWriter html = new();

    private IReadOnlyList<(string Key, string Title)> Lectures { get; } = LecturesOf(ledger, rows);

    /// <summary>The entries of its navigation.</summary>
    public IEnumerable<(string Address, string Text, int Level)> Navigation =>
    [
        ("#" + Contents, "Notebooks", 2),
        .. entries.Where(entry => !IsNamedByItsLecture(entry)).Select(entry => (PageNames.Link(entry.Name), entry.Title, 3)),
        ("#" + All, "The ledger", 2),
        .. Lectures.Select(lecture => ("#" + PageNames.Lecture(lecture.Key), lecture.Title, 3)),
        .. hasReference ? [(PageNames.Reference, ReferencePages.Title, 2)] : Array.Empty<(string, string, int)>(),
    ];

    /// <summary>The claims that cells report and the ledger does not have.</summary>
    private IEnumerable<(BookEntry Entry, BookClaim Claim)> Unknown =>
        entries.SelectMany(entry => entry.Claims.Select(claim => (entry, claim))).Where(pair => ledger.Find(pair.claim.Id) is null).DistinctBy(pair => pair.claim.Id);

    /// <summary>Renders the page's content.</summary>
    public Markup Render()
    {
        AddSummary();
        AddNotebooks();
        html.Add($"<h2 id=\"{All}\">The ledger</h2>\n<p class=\"prose\">Everything the lectures state, what one notebook adds to them, and what a cell measured. A claim holds when its measurement is as close ");
        html.Add($"to the expectation as the margin says, and when its <em>control</em> fails the same test: the slide’s wrong form, a broken input or a wrong constant.</p>\n");
        html.Add($"<div class=\"filter\" role=\"group\" aria-label=\"Show claims\" hidden></div>\n");
        foreach ((string? key, string? title) in Lectures)
        {
            AddLecture(key, title);
        }

        AddUnknown();
        return html.ToHtml();
    }

    private static IReadOnlyList<(string Key, string Title)> LecturesOf(Ledger ledger, IReadOnlyList<LedgerRow> rows)
    {
        IEnumerable<(string key, string)> others = rows.Select(row => row.Lecture).Distinct().Where(key => !ledger.Lectures.ContainsKey(key)).Select(key => (key, key.Length == 0 ? "Without a lecture" : key));
        return [.. ledger.Lectures.Select(lecture => (lecture.Key, lecture.Value)), .. others];
    }

    private static string Count(int number, string one, string many) => FormattableString.Invariant($"{number} {(number == 1 ? one : many)}");

    // Exercises and solutions stand in their lecture's row; one that did not run to its end has a row that says so.
    private bool IsNamedByItsLecture(BookEntry entry) =>
        entry.Problem is null && NotebookName.Companion(entry.Name) is { } companion && entries.Any(other => other.Name == companion.Lecture);

    private void AddSummary()
    {
        int counted = rows.Count(row => row.Counts);
        int holding = rows.Count(row => row.State == ClaimState.Holds);
        int later = rows.Count - counted;
        html.Add($"<h1>{PageFrame.BookTitle}</h1>\n");
        html.Add($"<p class=\"lead\">Notebooks that follow the lectures slide by slide, derive what they say, and measure it.</p>\n");
        html.Add($"<p class=\"total {(counted == 0 ? "none" : holding == counted ? "holds" : "fails")}\"><strong>{holding} of {counted}</strong> claims hold</p>\n<ul class=\"facts\">\n");
        if (rows.Count(row => row.Measured is not null && row.Claim.Erratum is not null) is > 0 and var errata)
        {
            html.Add($"<li>{Count(errata, "erratum", "errata")} shown with a counter-example</li>\n");
        }

        if (later > 0)
        {
            html.Add($"<li>{Count(later, "claim belongs", "claims belong")} to notebooks that have not been written or run yet</li>\n");
        }

        if (entries.Count(entry => entry.Problem is not null) is > 0 and var stopped)
        {
            html.Add($"<li>{Count(stopped, "notebook", "notebooks")} did not run to the end</li>\n");
        }

        html.Add($"</ul>\n");
    }

    private void AddNotebooks()
    {
        html.Add($"<h2 id=\"{Contents}\">Notebooks</h2>\n<div class=\"scroll\"><table class=\"notebooks\">\n");
        html.Add($"<thead><tr><th scope=\"col\">Notebook</th><th scope=\"col\">Follows</th><th scope=\"col\">Claims</th></tr></thead>\n<tbody>\n");
        IOrderedEnumerable<string> names = entries.Where(entry => !IsNamedByItsLecture(entry)).Select(entry => entry.Name).Concat(ledger.Notebooks).Distinct().Order(StringComparer.Ordinal);
        foreach (string? name in names)
        {
            AddNotebook(name, entries.FirstOrDefault(entry => entry.Name == name));
        }

        html.Add($"</tbody>\n</table></div>\n");
        if (hasReference)
        {
            html.Add($"<p class=\"prose\">What the notebooks load is open too: <a href=\"{PageNames.Reference}\">every public type of the library</a>, with its formula and where that comes from.</p>\n");
        }
    }

    private void AddNotebook(string name, BookEntry? entry)
    {
        List<LedgerRow> own = rows.Where(row => row.Claim.Notebook == name).ToList();
        if (entry is null)
        {
            html.Add($"<tr class=\"waiting\"><th scope=\"row\">{name}</th>");
        }
        else
        {
            html.Add($"<tr><th scope=\"row\"><a href=\"{PageNames.Link(name)}\">{entry.Title}</a><small>{name}{(entry.Kept ? ", from an earlier run" : "")}</small>");
            AddCompanions(name);
            _ = entry.Problem is { } problem ? html.Add($"<small class=\"red\">{problem}</small></th>")
                : entry.Skipped is { } skipped ? html.Add($"<small>not run here: {skipped}</small></th>")
                : html.Add($"</th>");
        }

        html.Add($"<td>");
        HashSet<string> lectures = own.SelectMany(row => row.Sources).Select(source => source.Lecture).ToHashSet();
        foreach ((string? key, string? title) in Lectures.Where(lecture => lectures.Contains(lecture.Key)))
        {
            html.Add($"<a class=\"lecture\" href=\"#{PageNames.Lecture(key)}\" title=\"{title}\">{key}</a> ");
        }

        string words = own.Count == 0 ? "none" : entry is null ? Count(own.Count, ClaimHtml.Words(own[0].State), ClaimHtml.Words(own[0].State))
            : FormattableString.Invariant($"{own.Count(row => row.State == ClaimState.Holds)} of {own.Count} hold");
        bool isRed = entry is not null && own.Any(row => row.State != ClaimState.Holds);
        html.Add($"</td><td{(isRed ? new Markup(" class=\"red\"") : Markup.Empty)}>{words}</td></tr>\n");
    }

    private void AddCompanions(string lecture)
    {
        (string Name, string Kind)[] own = [.. entries.Where(IsNamedByItsLecture).Select(entry => (entry.Name, NotebookName.Companion(entry.Name)!.Value)).Where(pair => pair.Value.Lecture == lecture).Select(pair => (pair.Name, pair.Value.Kind))];
        if (own.Length > 0)
        {
            html.Add($"<small>with ");
            foreach ((int place, (string name, string kind)) in own.Index())
            {
                html.Add($"{(place == 0 ? "" : " and ")}<a href=\"{PageNames.Link(name)}\">{kind}</a>");
            }

            html.Add($"</small>");
        }
    }

    private void AddLecture(string key, string title)
    {
        List<LedgerRow> own = rows.Where(row => row.Lecture == key).ToList();
        List<LedgerRow> also = rows.Where(row => row.Lecture != key && row.Sources.Any(source => source.Lecture == key)).ToList();
        if (own.Count + also.Count == 0)
        {
            return;
        }

        int counted = own.Count(row => row.Counts);
        html.Add($"<section class=\"lecture\">\n<h3 id=\"{PageNames.Lecture(key)}\">{LedgerText.InItsLanguage(title)} <small>{key}</small></h3>\n");
        if (counted > 0)
        {
            html.Add($"<p class=\"tally\">{own.Count(row => row.State == ClaimState.Holds)} of {counted} claims hold</p>\n");
        }

        AddClaims(own.Where(row => row.Counts));
        if (own.Count > counted)
        {
            html.Add($"<details class=\"later\"><summary>{Count(own.Count - counted, "claim", "claims")} not written or run yet</summary>\n");
            AddClaims(own.Where(row => !row.Counts));
            html.Add($"</details>\n");
        }

        if (also.Count > 0)
        {
            html.Add($"<p class=\"also\">This lecture also states, with others: ");
            for (int i = 0; i < also.Count; i++)
            {
                html.Add($"{(i == 0 ? "" : ", ")}<a href=\"#{PageNames.Claim(also[i].Claim.Id)}\">{also[i].Claim.Id}</a>");
            }

            html.Add($"</p>\n");
        }

        html.Add($"</section>\n");
    }

    private void AddClaims(IEnumerable<LedgerRow> some)
    {
        foreach (LedgerRow row in some)
        {
            ClaimHtml.Add(html, row, formulas);
        }
    }

    private void AddUnknown()
    {
        List<(BookEntry Entry, BookClaim Claim)> unknown = Unknown.ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        html.Add($"<section class=\"lecture\">\n<h3 id=\"{PageNames.Lecture("unknown")}\">Not in the ledger</h3>\n<p class=\"tally\">Cells name these ids, and the ledger does not have them.</p>\n<ul>\n");
        foreach ((BookEntry? entry, BookClaim? claim) in unknown)
        {
            html.Add($"<li><a href=\"{PageNames.Link(entry.Name)}#{PageNames.Claim(claim.Id)}\"><code>{claim.Id}</code> in {entry.Name}, cell [{claim.Cell}]</a></li>\n");
        }

        html.Add($"</ul>\n</section>\n");
    }
}
