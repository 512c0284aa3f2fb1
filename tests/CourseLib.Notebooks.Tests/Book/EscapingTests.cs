using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseLib.Notebooks.Running;
using static CourseLib.Notebooks.Tests.Book.SampleCourse;

namespace CourseLib.Notebooks.Tests.Book;

/// <summary>No text of a notebook or of the ledger becomes an element, an attribute or a script of a page.</summary>
public partial class EscapingTests
{
    [Theory]
    [InlineData(Injection)]
    [InlineData("text " + Injection + " text")]
    [InlineData("# " + Injection)]
    [InlineData("## a heading " + Injection)]
    [InlineData("<div>\n" + Injection + "\n</div>")]
    [InlineData("| a |\n|---|\n| " + Injection + " |")]
    [InlineData("> " + Injection)]
    [InlineData("`" + Injection + "`")]
    [InlineData("$" + Injection + "$")]
    [InlineData("$$\n" + Injection + "\n$$")]
    [InlineData("```html\n" + Injection + "\n```")]
    [InlineData("```csharp\n" + Injection + "\n```")]
    [InlineData("![" + Injection + "](x.png)")]
    [InlineData("[" + Injection + "](https://example.org)")]
    [InlineData("    " + Injection)]
    public void Markdown_brings_no_html(string markdown) => AssertHarmless(WrittenBook.TextPage(markdown));

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](<java\tscript:alert(1)>)")]
    [InlineData("[x](data:text/html,x)")]
    [InlineData("[x](vbscript:x)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[x]\n\n[x]: javascript:alert(1)")]
    [InlineData("[x](//example.org/x)")]
    public void A_link_leads_only_to_pages_and_to_the_web(string markdown) =>
        Assert.All(WrittenBook.Addresses(WrittenBook.TextPage(markdown)), address => Assert.Matches("^(#|assets/|index\\.html|https://cdn\\.)", address));

    [Theory]
    [InlineData("![x](https://example.org/x.png)")]
    [InlineData("![x](//example.org/x.png)")]
    [InlineData("![x](file:///etc/x.png)")]
    [InlineData("![x](\"onerror=\"alert(1))")]
    public void A_picture_from_elsewhere_is_not_loaded(string markdown) => Assert.DoesNotContain("<img", WrittenBook.TextPage(markdown), StringComparison.Ordinal);

    [Fact]
    public void Attributes_stay_closed()
    {
        string page = WrittenBook.TextPage("[x](https://example.org/\"onclick=\"alert(1)) {onclick=alert(1)} [y](https://example.org 'a\" onclick=\"b')\n\n## h {onclick=alert(1)}");
        Assert.DoesNotMatch("<[^>]*\\sonclick=", page);
    }

    [Fact]
    public void Outputs_that_are_text_are_escaped()
    {
        JsonObject[] outputs = new JsonObject[]
        {
            Printed(Injection), Printed(Injection, "stderr"), Shown("text/plain", Injection), Shown("text/markdown", Injection), Shown("text/latex", Injection), Thrown(Injection, Injection),
            Shown("image/png", "AAAA\"><script>alert('x')</script>"), Shown("image/svg+xml", "<svg><script>alert('x')</script></svg>"), Shown("application/x-unknown", Injection),
        };
        using WrittenBook book = new([Run(Good, [Markdown("# " + Injection), Code("// " + Injection, outputs)], [Outcome(1, 1, CellStatus.Failed, new CellError(Injection, Injection, 1))])]);
        AssertHarmless(book.Page(Good + ".html"));
        AssertHarmless(book.Index);
    }

    [Fact]
    public void What_a_claim_says_is_escaped_in_the_ledger()
    {
        ClaimRecord record = new("init.zeros", Good, false, Injection, Injection, Injection, Injection, 0);
        ClaimRecord stranger = record with { Id = "a\"" + Injection };
        using WrittenBook book = new([Run(Good, [Code("x")], [Outcome(0, 1)], record, stranger), BrokenNotebook() with { Problem = Injection }]);
        AssertHarmless(book.Index);
        AssertHarmless(book.Page(Good + ".html"));
        AssertHarmless(book.Page(Broken + ".html"));
    }

    [Fact]
    public void Html_that_an_object_made_of_itself_is_kept()
    {
        using WrittenBook book = new([Run(Good, [Code("figure", Shown("text/html", "<svg><title>Loss</title></svg><script>draw()</script>"))], [Outcome(0, 1)])]);
        Assert.Contains("<svg><title>Loss</title></svg><script>draw()</script>", book.Page(Good + ".html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Terminal_colours_are_left_out()
    {
        using WrittenBook book = new([Run(Good, [Code("x", Printed("\u001b[31mred\u001b[0m \u001b]8;;file:///x\u0007link\u001b]8;;\u0007\n"))], [Outcome(0, 1)])]);
        Assert.Contains(">red link</pre>", book.Page(Good + ".html"), StringComparison.Ordinal);
    }

    private static void AssertHarmless(string page)
    {
        Assert.Contains("alert", page, StringComparison.Ordinal); // It is there, as text or coded.
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("<[^>]*\\sonerror", AttributeValue().Replace(page, "="));
    }

    [GeneratedRegex("=\"[^\"]*\"")]
    private static partial Regex AttributeValue();
}
