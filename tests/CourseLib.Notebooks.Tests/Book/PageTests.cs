using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CourseLib.Course;
using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Book.Code;
using CourseLib.Notebooks.Running;
using static CourseLib.Notebooks.Tests.Book.SampleCourse;

namespace CourseLib.Notebooks.Tests.Book;

/// <summary>What makes a page good to read: headings, contents, colours.</summary>
public class PageTests
{
    [Fact]
    public void Headings_of_all_cells_form_one_hierarchy()
    {
        string page = WrittenBook.TextPage("# Title\n\n#### Deep", "# Second title\n\n### Part\n\n### Part", "## Секция $x$");
        IEnumerable<string> headings = Regex.Matches(page, "<h([1-6]) id=\"([^\"]*)\"").Select(match => match.Groups[1].Value + " " + match.Groups[2].Value);
        Assert.Equal(["1 title", "2 deep", "2 second-title", "3 part", "3 part-2", "2 секция-x"], headings);
        Assert.Contains("<title>Title · Deep learning in C#</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_contents_list_the_sections()
    {
        string page = WrittenBook.TextPage("# T\n\n## One `code`\n\n### Two\n\n#### Three");
        Assert.Contains("<li class=\"l2\"><a href=\"#one-code\">One code</a></li>\n<li class=\"l3\"><a href=\"#two\">Two</a></li>\n</ol>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_without_a_title_has_its_name()
    {
        string page = WrittenBook.TextPage("no heading");
        Assert.Contains("<h1>text</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_between_notebooks_become_links_between_pages()
    {
        using WrittenBook book = new([Run(Good, [Markdown("# A\n\n## B\n\n[sgd](07-sgd-convergence.ipynb#x) [cnn](15-cnn-from-scratch.ipynb) [b](#B) [none](#nowhere) [file](../data/README.md)")], []), FailingNotebook()]);
        string page = book.Page(Good + ".html");
        Assert.Contains("<p><a href=\"07-sgd-convergence.html\">sgd</a> cnn <a href=\"#b\">b</a> none file</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Exercises_have_folded_help_and_stand_in_their_lectures_row()
    {
        string check = Exercise.Check("bn.forward", null).ToHtml();
        using WrittenBook book = new([GoodNotebook(), Companion("exercises"), Companion("solutions")]);
        IEnumerable<string> help = Regex.Matches(book.Page(Good + "-exercises.html"), "<details class=\"help\"><summary>([^<]*)</summary>").Select(match => match.Groups[1].Value);
        Assert.Equal(["Hint 1", "Hint 2", "Solution"], help);
        Assert.DoesNotContain("class=\"help\"", book.Page(Good + "-solutions.html"), StringComparison.Ordinal);
        Assert.Contains($"<small>with <a href=\"{Good}-exercises.html\">exercises</a> and <a href=\"{Good}-solutions.html\">solutions</a></small>", book.Index, StringComparison.Ordinal);
        Assert.DoesNotContain($"<small>{Good}-exercises", book.Index, StringComparison.Ordinal);

        ExecutedNotebook Companion(string kind) => Run($"{Good}-{kind}", [Markdown("# 05 " + kind), Code("Exercise.Check(\"bn.forward\", F)", Shown("text/html", check))], [Outcome(1, 1)]);
    }

    [Fact]
    public void A_name_with_odd_characters_can_be_linked_to()
    {
        using WrittenBook book = new([Run("01 é #1", [Markdown("# A")], []), Run(Good, [Markdown("# B\n\n[a](<01 é #1.ipynb>) [a](01%20%C3%A9%20%231.ipynb)")], [])]);
        Assert.True(File.Exists(Path.Combine(book.Folder, "01 é #1.html")));
        Assert.Contains("href=\"01%20%C3%A9%20%231.html\">A</a>", book.Index, StringComparison.Ordinal);
        Assert.Contains("a <a href=\"01%20%C3%A9%20%231.html\">a</a>", book.Page(Good + ".html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_can_be_used_by_keyboard_and_on_a_phone()
    {
        using WrittenBook book = new(All());
        foreach (string? page in book.Pages.Select(book.Page))
        {
            Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
            Assert.Contains("<a class=\"skip\" href=\"#page.content\">", page, StringComparison.Ordinal);
            Assert.Contains("<main id=\"page.content\" tabindex=\"-1\">", page, StringComparison.Ordinal);
            Assert.Contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", page, StringComparison.Ordinal);
            Assert.Single(Regex.Matches(page, "<h1[ >]"));
        }
    }

    [Theory]
    [InlineData("var x = 1.5e-3f; // one\n/* two */ string s = $\"a{x:F2}b\" + @\"c\";\r\n\tTensor.From(x)!")]
    [InlineData("#r \"nuget: CourseLib, 0.1.0\"\nusing System.IO;")]
    [InlineData("if (a < b && c > d) { // not closed \"")]
    [InlineData("#!import x.ipynb\n§ not C# at all \"\"\" <b>&amp;</b>")]
    [InlineData("#if false\nhidden\n#endif\nrecord R<T>(int A) where T : class;")]
    [InlineData("")]
    public void Coloured_code_is_the_code_again(string code) => Assert.Equal(code, WrittenBook.TextOf(CSharpHighlighter.Highlight(code).Value));

    [Fact]
    public void Code_is_coloured_by_what_its_words_are()
    {
        string html = CSharpHighlighter.Highlight("var t = Tensor.From(new Linear(3), \"s\", 7); // end").Value;
        Assert.Equal(
            "<span class=\"hk\">var</span> t = <span class=\"ht\">Tensor</span>.<span class=\"hf\">From</span>(<span class=\"hk\">new</span> <span class=\"ht\">Linear</span>"
            + "(<span class=\"hn\">3</span>), <span class=\"hs\">&quot;s&quot;</span>, <span class=\"hn\">7</span>); <span class=\"hc\">// end</span>",
            html);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_text_colour_can_be_read_on_every_ground(int scheme)
    {
        string style = Encoding.UTF8.GetString(WebLibraries.Resource("book.css"));
        Dictionary<string, double> colours = Regex.Matches(style.Split(":root {")[scheme + 1].Split('}')[0], "--([a-z-]+): (#[0-9a-f]{6});").ToDictionary(match => match.Groups[1].Value, match => Luminance(match.Groups[2].Value));
        Assert.Equal(17, colours.Count);
        foreach (string text in (string[])["text", "soft", "link", "green", "red", "amber", "keyword", "string", "number", "type", "function", "comment"])
        {
            foreach (string ground in (string[])["ground", "raised"])
            {
                AssertReadable(colours, text, ground);
            }
        }

        AssertReadable(colours, "red", "red-ground");
        AssertReadable(colours, "soft", "red-ground");
        AssertReadable(colours, "link", "red-ground");
        AssertReadable(colours, "text", "amber-ground");
    }

    private static void AssertReadable(Dictionary<string, double> colours, string text, string ground)
    {
        (double a, double b) = (colours[text], colours[ground]);
        double contrast = (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
        Assert.True(contrast >= 4.5, FormattableString.Invariant($"{text} on {ground}: contrast {contrast:F2}"));
    }

    /// <summary>Relative luminance as WCAG 2.2 defines it.</summary>
    private static double Luminance(string colour)
    {
        double Linear(int at)
        {
            double part = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Linear(1)) + (0.7152 * Linear(3)) + (0.0722 * Linear(5));
    }
}
