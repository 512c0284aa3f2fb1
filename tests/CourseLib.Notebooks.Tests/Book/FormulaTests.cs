using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Book.Formulas;

namespace CourseLib.Notebooks.Tests.Book;

public class FormulaTests
{
    [Theory]
    [InlineData("so $a_1 * b_1$ and $a_2 * b_2$", "a_1 * b_1", "a_2 * b_2")]
    [InlineData("$\\{x \\mid x < 1 \\& y > 2\\}$", "\\{x \\mid x < 1 \\& y > 2\\}")]
    [InlineData("**bold $x_i^*$ bold** and _$y_i$_", "x_i^*", "y_i")]
    [InlineData("$w \\in \\mathbb{R}^{n \\times m}$, $[a](b)$, $`c`$", "w \\in \\mathbb{R}^{n \\times m}", "[a](b)", "`c`")]
    [InlineData("| a | b |\n|---|---|\n| $|x|$ | $p(a|b)$ |", "|x|", "p(a|b)")]
    [InlineData("- $x_1$\n- $x_2$", "x_1", "x_2")]
    [InlineData("$\\sigma'(x) = \"y\"$", "\\sigma'(x) = \"y\"")]
    [InlineData("## Why $\\tanh$ saturates", "\\tanh")]
    [InlineData("$a\\\\b$ and $\\$5$", "a\\\\b", "\\$5")]
    public void A_formula_in_a_line_is_not_read_as_Markdown(string markdown, params string[] latex) =>
        Assert.Equal(latex.Select(text => (text, false)), WrittenBook.Formulas(WrittenBook.TextPage(markdown)));

    [Theory]
    [InlineData("$$x_1 * y_1 * z_1$$", "x_1 * y_1 * z_1")]
    [InlineData("$$\nx\n= y\n+ z\n- w\n* v\n> u\n# t\n1. s\n$$", "x\n= y\n+ z\n- w\n* v\n> u\n# t\n1. s")]
    [InlineData("$$\\begin{aligned}\na &= b \\\\\n\n&= c\n\\end{aligned}$$", "\\begin{aligned}\na &= b \\\\\n\n&= c\n\\end{aligned}")]
    [InlineData("text before\n$$\nx < y & z\n$$\ntext after", "x < y & z")]
    [InlineData("- item\n\n  $$\n  x\n  + y\n  $$", "x\n+ y")]
    [InlineData("> $$\n> x\n> $$", "x")]
    [InlineData("inside $$x_1$$ a sentence", "x_1")]
    [InlineData("$$\nx\n$$.", "x\n.")]
    [InlineData("$$\nx\n$$ for all x", "x\n\\quad\\text{for all x}")]
    [InlineData("$$\n***\n---\n```\n$$", "***\n---\n```")]
    public void A_formula_on_its_own_lines_is_not_read_as_Markdown(string markdown, string latex) =>
        Assert.Equal([(latex, true)], WrittenBook.Formulas(WrittenBook.TextPage(markdown)).Select(formula => (formula.Latex.Trim(), formula.Display)));

    [Theory]
    [InlineData("it costs 5 $, no more")]
    [InlineData("`$x$` is code")]
    [InlineData("```\n$x$\n$$\ny\n$$\n```")]
    [InlineData("\\$x\\$")]
    public void A_dollar_alone_is_a_dollar(string markdown)
    {
        string page = WrittenBook.TextPage(markdown);
        Assert.Empty(WrittenBook.Formulas(page));
        Assert.Contains("$", WrittenBook.TextOf(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_goes_on_after_a_formula()
    {
        string page = WrittenBook.TextPage("one\n$$\nx\n$$\ntwo\n\n$$y$$\n\n*three*");
        Assert.Contains("<p>one</p>", page, StringComparison.Ordinal);
        Assert.Contains("<p>two</p>", page, StringComparison.Ordinal);
        Assert.Contains("<em>three</em>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ledger_knows_formulas_and_code_and_no_other_marks()
    {
        using WrittenBook book = new(SampleCourse.All());
        Assert.Contains(("\\sigma^2 = 2/(n+m)", false), WrittenBook.Formulas(book.Index));
        Assert.Contains("n - m &amp; calls it <code>fan</code>", book.Index, StringComparison.Ordinal);
        Assert.Contains("a &lt;b&gt; * c", book.Index, StringComparison.Ordinal);
    }

    [Fact]
    public void KaTeX_typesets_while_the_book_is_made_and_names_what_it_rejects()
    {
        WebLibraries libraries = WebLibraries.Prepare(SharedCache.Folder);
        using WrittenBook book = new([SampleCourse.OfText("# T\n\n$x^2$ and $\\nonsense{x}$")], libraries);
        string page = book.Page("text.html");
        if (!libraries.Bundled)
        {
            Assert.Equal(libraries.Notice, Assert.Single(book.Result.Notices));
            Assert.Equal(2, WrittenBook.Formulas(page).Count());
            return;
        }

        Assert.Contains("<math xmlns=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("katex.min.js", page, StringComparison.Ordinal);
        Assert.Contains("class=\"formula broken\"", page, StringComparison.Ordinal);
        string notice = Assert.Single(book.Result.Notices);
        Assert.StartsWith("text, cell 1 of the file: the formula \\nonsense{x} is shown as LaTeX", notice, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_Node_formulas_are_left_to_the_browser()
    {
        Formula formula = new("x", Display: false);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("course-nothing-");
        TypesetFormulas typeset = TypesetFormulas.Make([formula], folder.FullName);
        folder.Delete();
        Assert.False(typeset.Any);
        Assert.Equal("<span class=\"formula\">$x$</span>", typeset.Show(formula).Value);
    }
}
