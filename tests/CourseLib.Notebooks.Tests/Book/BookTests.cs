using System.Globalization;
using System.Text.Json.Nodes;
using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Running;
using static CourseLib.Notebooks.Tests.Book.SampleCourse;

namespace CourseLib.Notebooks.Tests.Book;

public class BookTests
{
    [Fact]
    public void Every_link_inside_the_book_leads_somewhere_and_ids_are_unique()
    {
        using WrittenBook book = new(All());
        Assert.Equal([Good + ".html", Failing + ".html", Broken + ".html", "index.html"], book.Pages);
        int followed = 0;
        foreach (string name in book.Pages)
        {
            string page = book.Page(name);
            Assert.Distinct(WrittenBook.Ids(page));
            foreach (string? address in WrittenBook.Addresses(page).Where(address => !address.StartsWith("https://", StringComparison.Ordinal)))
            {
                (string? file, string? id) = address.Split('#') is [var before, var after] ? (before, after) : (address, null);
                Assert.True(file.Length == 0 || File.Exists(Path.Combine(book.Folder, file)), $"{name} links to {address}");
                Assert.True(id is null || WrittenBook.Ids(file.Length == 0 ? page : book.Page(file)).Contains(id), $"{name} links to {address}");
                followed++;
            }
        }

        Assert.True(followed > 40, $"{followed} links were followed");
    }

    [Fact]
    public void A_verified_claim_links_to_the_output_that_says_so()
    {
        using WrittenBook book = new(All());
        Assert.Contains("href=\"05-initialization.html#claim.init.xavier\">05-initialization, cell [4]", book.Index, StringComparison.Ordinal);
        string page = book.Page(Good + ".html");
        int anchor = page.IndexOf("id=\"claim.init.xavier\"", StringComparison.Ordinal);
        Assert.InRange(page.IndexOf("data-claim=\"init.xavier\"", StringComparison.Ordinal), anchor, anchor + 120);
    }

    [Fact]
    public void The_ledger_counts_what_could_have_been_measured()
    {
        using WrittenBook book = new(All());
        Assert.Contains("<strong>2 of 5</strong> claims hold", book.Index, StringComparison.Ordinal);
        Assert.Equal("holds", Verdict(book, "init.zeros"));
        Assert.Equal("holds", Verdict(book, "init.xavier"));
        Assert.Equal("does not hold", Verdict(book, "sgd.rate"));
        Assert.Equal("not measured", Verdict(book, "sgd.noise"));
        Assert.Equal("not measured", Verdict(book, "bn.scale"));
        Assert.Equal("not written yet", Verdict(book, "cnn.lenet"));
    }

    [Fact]
    public void A_claim_that_fails_once_fails()
    {
        ClaimRecord once = new("init.zeros", Good, true, "", "", "", "", 0);
        using WrittenBook book = new([Run(Good, [Code("x"), Code("y")], [Outcome(0, 1), Outcome(1, 2)], once, once with { Holds = false, CellIndex = 1 })]);
        Assert.Equal("does not hold", Verdict(book, "init.zeros"));
    }

    [Fact]
    public void A_claim_stands_under_its_first_lecture_with_its_erratum_and_the_others_point_to_it()
    {
        using WrittenBook book = new(All());
        string[] lectures = book.Index.Split("<section class=\"lecture\">");
        Assert.Contains("the slide prints", lectures[1], StringComparison.Ordinal);
        Assert.Contains("<article class=\"claim holds\" id=\"claim.init.zeros\"", lectures[1], StringComparison.Ordinal);
        Assert.Contains("This lecture also states, with others: <a href=\"#claim.init.zeros\">", lectures[2], StringComparison.Ordinal);
        Assert.Contains("<span lang=\"ru\">Инициализация весов</span>", lectures[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_the_ledger_does_not_have_is_named()
    {
        using WrittenBook book = new([Run(Good, [Code("x")], [Outcome(0, 1)], new ClaimRecord("no.such", Good, true, "", "", "", "", 0))]);
        Assert.Contains("Not in the ledger", book.Index, StringComparison.Ordinal);
        Assert.Contains("<code>no.such</code> in 05-initialization, cell [1]", book.Index, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_notebook_shows_its_error_and_what_did_not_run()
    {
        using WrittenBook book = new(All());
        string page = WrittenBook.TextOf(book.Page(Failing + ".html"));
        Assert.Contains("This notebook stopped: cell [2] failed.", page, StringComparison.Ordinal);
        Assert.Contains("Cell [2], line 1: InvalidOperationException", page, StringComparison.Ordinal);
        Assert.Contains("the step is too large", page, StringComparison.Ordinal);
        Assert.Contains("This cell did not run.", page, StringComparison.Ordinal);
        Assert.Contains("cell [2] failed", WrittenBook.TextOf(book.Index), StringComparison.Ordinal);
        Assert.Contains("line 3: expected a notebook", book.Page(Broken + ".html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_was_ended_says_so_without_an_error_output()
    {
        using WrittenBook book = new([Run(Good, [Code("while (true) {}")], [Outcome(0, 1, CellStatus.TimedOut)])]);
        Assert.Contains("This cell was ended at its time limit.", book.Page(Good + ".html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_one_notebook_keeps_the_others_with_their_claims()
    {
        using WrittenBook book = new(All());
        string before = book.Page(Good + ".html");
        WrittenBook again = new([FailingNotebook()], folder: book.Folder, course: [Good, Failing]);
        Assert.Equal(before, book.Page(Good + ".html"));
        Assert.Equal("holds", Verdict(again, "init.xavier"));
        Assert.Contains("from an earlier run", again.Index, StringComparison.Ordinal);

        // What the course no longer has is no longer in the contents.
        Assert.Equal("not written yet", Verdict(again, "bn.scale"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[{\"name\": null}]")]
    [InlineData("[null]")]
    public void A_damaged_book_is_written_anew(string damaged)
    {
        using WrittenBook book = new(All());
        File.WriteAllText(Path.Combine(book.Folder, "book.json"), damaged);
        WrittenBook again = new([GoodNotebook()], folder: book.Folder, course: [Good, Failing]);
        Assert.Equal("not run yet", Verdict(again, "sgd.rate"));
    }

    [Fact]
    public void Other_files_of_the_folder_stay_and_unchanged_ones_are_not_touched()
    {
        using WrittenBook book = new(All());
        string own = Path.Combine(book.Folder, "notes.txt");
        File.WriteAllText(own, "mine");
        string style = Path.Combine(book.Folder, "assets", "book.css");
        File.SetLastWriteTimeUtc(style, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        _ = new WrittenBook(All(), folder: book.Folder);
        Assert.Equal("mine", File.ReadAllText(own));
        Assert.Equal(2001, File.GetLastWriteTimeUtc(style).Year);
        Assert.Empty(Directory.EnumerateFiles(book.Folder, "*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public void Bundled_pages_load_nothing_from_outside()
    {
        string bundle = FakeBundle();
        using WrittenBook book = new([.. All(), OfText("[out](https://example.org) ![x](https://example.org/x.png) $x$")], WebLibraries.In(bundle));
        Directory.Delete(bundle, recursive: true);
        foreach (string name in book.Pages)
        {
            string page = book.Page(name);
            Assert.All(WrittenBook.Loaded(page), address => Assert.True(File.Exists(Path.Combine(book.Folder, address)), $"{name} loads {address}"));
            Assert.Contains("window.courselibPlotly=\"assets/plotly/plotly.min.js\"", page, StringComparison.Ordinal);
        }

        // Only the format that every browser reads is asked for, and only that one is copied.
        string style = book.Page("assets/katex/katex.min.css");
        Assert.Equal("@font-face{src:url(fonts/A.woff2) format(\"woff2\")}", style);
        Assert.True(File.Exists(Path.Combine(book.Folder, "assets", "katex", "fonts", "A.woff2")));
        Assert.DoesNotContain("//", File.ReadAllText(Path.Combine(book.Folder, "assets", "book.css")), StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_without_a_bundle_check_what_they_load()
    {
        using WrittenBook book = new(All());
        List<string> outside = book.Index.Split('<').Where(tag => tag.Contains("https://", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, outside.Count);
        Assert.All(outside, tag => Assert.Matches("integrity=\"sha384-[^\"]{64}\" crossorigin=\"anonymous\"", tag));
        Assert.DoesNotContain("courselibPlotly", book.Index, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_notebooks_give_the_same_bytes_in_every_culture()
    {
        (CultureInfo? culture, CultureInfo? before) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        using WrittenBook book = new(All());
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo("ru-RU");
            using WrittenBook russian = new(All());
            Assert.All(book.Pages.Append("book.json"), name => Assert.Equal(book.Page(name), russian.Page(name)));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, before);
        }
    }

    [Fact]
    public void A_picture_of_the_notebook_is_part_of_the_page()
    {
        JsonObject cell = Markdown("![a plot](attachment:plot.png)");
        cell["attachments"] = new JsonObject { ["plot.png"] = new JsonObject { ["image/png"] = "iVBORw0KGgo=" } };
        using WrittenBook book = new([Run(Good, [cell], [])]);
        Assert.Contains("<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"a plot\">", book.Page(Good + ".html"), StringComparison.Ordinal);
    }

    private static string Verdict(WrittenBook book, string claim)
    {
        int at = book.Index.IndexOf($"id=\"claim.{claim}\"", StringComparison.Ordinal);
        int begin = book.Index.IndexOf("<p class=\"verdict\">", at, StringComparison.Ordinal);
        return WrittenBook.TextOf(book.Index[begin..book.Index.IndexOf("</p>", begin, StringComparison.Ordinal)]);
    }

    private static string FakeBundle()
    {
        string folder = Directory.CreateTempSubdirectory("course-bundle-").FullName;
        foreach ((string? name, string? content) in new Dictionary<string, string>
        {
            ["plotly.js-dist-min/plotly.min.js"] = "", ["plotly.js-dist-min/LICENSE"] = "", ["katex/LICENSE"] = "", ["katex/dist/katex.min.js"] = "", ["katex/dist/fonts/A.woff2"] = "",
            ["katex/dist/katex.min.css"] = "@font-face{src:url(fonts/A.woff2) format(\"woff2\"),url(fonts/A.woff) format(\"woff\"),url(fonts/A.ttf) format(\"truetype\")}",
        })
        {
            string file = Path.Combine(folder, "node_modules", name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }

        return folder;
    }
}
