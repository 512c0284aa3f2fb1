using Microsoft.Playwright;

namespace CourseLib.Book.Tests;

/// <summary>Every page of the book as a reader meets it, in a real browser.</summary>
public class PageTests(Browser browser) : IClassFixture<Browser>
{
    public static TheoryData<string> Pages => Books.Pages;

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_opens_from_its_file_without_an_error_or_a_request_and_every_chart_comes_alive(string page)
    {
        await using OpenPage open = await browser.Open(Books.Full(page));
        int charts = await open.DrawCharts();
        Assert.Empty(open.Faults);
        Assert.True(charts >= (page == Gallery.Page ? Gallery.Figures.Count : 0));
        Assert.Empty(await open.Wrong(Scripts.SameAxes));
        Assert.Empty(await open.Wrong(Scripts.Formulas));
        Assert.Empty(await open.Wrong(Scripts.Descriptions));
        Assert.Empty(await open.Wrong(Scripts.Headings));
        Assert.Empty(await open.Wrong(Scripts.Contrast));
        Assert.Empty(await open.Wrong(Scripts.Width));
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_readable_on_a_phone_and_in_the_dark(string page)
    {
        await using OpenPage open = await browser.Open(Books.Full(page), width: 390, ColorScheme.Dark);
        Assert.Empty(await open.Wrong(Scripts.Width));
        Assert.Empty(await open.Wrong(Scripts.Contrast));
        Assert.Empty(open.Faults);
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task Without_scripts_the_charts_are_pictures(string page)
    {
        await using OpenPage open = await browser.Open(Books.Full(page), script: false);
        Assert.Empty(await open.Wrong(Scripts.Pictures));
    }

    [BrowserFact]
    public async Task The_keyboard_reaches_the_links_and_shows_where_it_is()
    {
        await using OpenPage open = await browser.Open(Books.Full(Gallery.Page));
        await open.Page.Keyboard.PressAsync("Tab");
        string outline = await open.Page.EvaluateAsync<string>("() => { const s = getComputedStyle(document.activeElement); return `${document.activeElement.tagName} ${s.outlineStyle} ${s.outlineWidth}`; }");
        Assert.Matches("^A (auto|solid) [1-9]", outline);
    }

    [BrowserFact]
    public async Task A_fault_on_a_page_is_seen()
    {
        string file = Path.Combine(Path.GetDirectoryName(Books.Full(Gallery.Page))!, "faults.html");
        await File.WriteAllTextAsync(file, """
            <!DOCTYPE html><html lang="en"><body style="background:#fff"><main><h1>A</h1><h3>B</h3><p style="color:#bbb">faint $x^2$</p><p style="width:3000px">wide</p></main>
            <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><script src="https://localhost:1/x.js"></script><script>console.error("no")</script></body></html>
            """);
        await using OpenPage open = await browser.Open(file);
        Assert.Contains(open.Faults, fault => fault.StartsWith("request: https://localhost", StringComparison.Ordinal));
        Assert.Contains("console: no", open.Faults);
        foreach (string script in new[] { Scripts.Headings, Scripts.Contrast, Scripts.Formulas, Scripts.Width, Scripts.Descriptions })
        {
            Assert.NotEmpty(await open.Wrong(script));
        }
    }
}
