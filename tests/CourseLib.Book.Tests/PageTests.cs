using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CourseLib.Book.Tests;

/// <summary>Every page of the book as a reader meets it, in a real browser.</summary>
public partial class PageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly ConcurrentDictionary<string, HashSet<string>> Known = new();

    public static TheoryData<string> Pages => Books.Pages;

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_opens_from_its_file_without_an_error_or_a_request_and_every_chart_comes_alive(string page)
    {
        await using OpenPage open = await browser.Open(Books.Full(page));
        int charts = await open.DrawCharts();
        Assert.Empty(open.Faults);
        Assert.True(charts >= (page == Gallery.Page ? Gallery.Figures.Count : 0));
        await open.HoldsUp(PictureScripts.Same, PictureScripts.Legible, PictureScripts.Json, Scripts.Formulas, Scripts.Descriptions, Scripts.Headings, Scripts.Contrast, Scripts.Width);
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_readable_on_a_phone_and_in_the_dark(string page)
    {
        await using OpenPage open = await browser.OpenOnPhone(Books.Full(page));
        await open.ScrollToCharts();
        await open.HoldsUp(Scripts.Width, Scripts.Contrast, Scripts.OnPhone);
        Assert.Empty(open.Faults);
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task Without_scripts_the_charts_are_pictures(string page)
    {
        await using OpenPage open = await browser.Open(Books.Full(page), script: false);
        await open.HoldsUp(Scripts.Pictures);
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task Every_link_into_the_book_leads_somewhere(string page)
    {
        await using OpenPage open = await browser.Open(Books.Full(page));
        string folder = Path.GetDirectoryName(Books.Full(page))!;
        foreach (string address in await open.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href], link[href], img[src], script[src]')].map(e => e.href || e.src).filter(a => a.startsWith('file:'))"))
        {
            Uri target = new(address);
            Assert.True(File.Exists(target.LocalPath), $"{page} links to {address}, which is not there");
            string id = Uri.UnescapeDataString(target.Fragment.TrimStart('#'));
            Assert.True(id.Length == 0 || Ids(target.LocalPath).Contains(id), $"{page} links to {address}: the page has no such place");
        }

        Assert.Contains("index.html", Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)));
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_a_language_landmarks_a_way_past_the_navigation_and_nothing_that_only_a_mouse_opens(string page)
    {
        await using OpenPage open = await browser.Open(Books.Full(page));
        await open.HoldsUp(Scripts.Landmarks);
        await open.Page.Keyboard.PressAsync("Tab");
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("MAIN", await open.Page.EvaluateAsync<string>("() => document.activeElement.tagName"));
    }

    [BrowserFact]
    public async Task What_is_folded_opens_with_a_key()
    {
        await using OpenPage open = await browser.Open(Path.Combine(Path.GetDirectoryName(Books.Full(Gallery.Page))!, "index.html"), width: 600);
        await open.Page.Locator("nav.contents summary").FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.True(await open.Page.EvaluateAsync<bool>("() => document.querySelector('nav.contents details').open"));
    }

    [BrowserFact]
    public async Task The_keyboard_reaches_the_links_and_shows_where_it_is()
    {
        await using OpenPage open = await browser.Open(Books.Full(Gallery.Page));
        await open.Page.Keyboard.PressAsync("Tab");
        string outline = await open.Page.EvaluateAsync<string>("() => { const s = getComputedStyle(document.activeElement); return `${document.activeElement.tagName} ${s.outlineStyle} ${s.outlineWidth}`; }");
        Assert.Matches("^A (auto|solid) [1-9]", outline);
    }

    [BrowserTheory]
    [InlineData("[...picture.querySelectorAll('text')].find(t => t.textContent === '0.5').textContent = '0.6'", "Same", "\"0.5\"")]
    [InlineData("[...picture.querySelectorAll('text')].find(t => t.textContent === '0.5').setAttribute('y', 300)", "Same", "\"0.5\"")]
    [InlineData("[...picture.querySelectorAll('text')].find(t => t.textContent === 'sine').previousElementSibling.setAttribute('stroke', '#ff0000')", "Same", "sine is #ff0000")]
    [InlineData("[...plot.querySelectorAll('text')].find(t => t.textContent === 'sine').style.transform = 'translate(60px)'", "Legible", "\"sine\" is cut off in the plotly's picture")]
    [InlineData("[...picture.querySelectorAll('text')].find(t => t.textContent === 'sine').setAttribute('fill', '#999999')", "Legible", "\"sine\" has 2.85 to 1")]
    [InlineData("script.textContent = script.textContent.replace('\"type\":\"linear\"', '\"type\":\"linaer\"')", "Json", "xaxis")]
    [InlineData("Plotly.relayout(plot, { 'xaxis.range': [0, 1] })", "Json", "xaxis is")]
    public async Task A_disagreement_of_the_two_pictures_is_seen(string change, string script, string fault)
    {
        await using OpenPage open = await browser.Open(Books.Full(Gallery.Page));
        _ = await open.DrawCharts();
        _ = await open.Page.EvaluateAsync("async () => { const chart = document.querySelector('.courselib-figure'), picture = chart.querySelector('svg'), plot = chart.querySelector('.js-plotly-plot'), script = chart.querySelector('script'); await (" + change + "); }");
        Assert.Contains(await open.Wrong(script switch { "Same" => PictureScripts.Same, "Legible" => PictureScripts.Legible, _ => PictureScripts.Json }), wrong => wrong.Contains(fault, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task A_fault_on_a_page_is_seen()
    {
        string file = Path.Combine(Path.GetDirectoryName(Books.Full(Gallery.Page))!, "faults.html");
        await File.WriteAllTextAsync(file, """
            <!DOCTYPE html><html lang="en"><body style="background:#fff"><main><div class="courselib-figure" data-figure="interactive"><svg viewBox="0 0 720 420" width="300"></svg></div><h1>A</h1><h3>B</h3><p style="color:#bbb">faint $x^2$</p><p style="width:3000px">wide</p></main>
            <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><script src="https://localhost:1/x.js"></script><script>console.error("no")</script></body></html>
            """);
        await using OpenPage open = await browser.Open(file);
        Assert.Contains(open.Faults, fault => fault.StartsWith("request: https://localhost", StringComparison.Ordinal));
        Assert.Contains("console: no", open.Faults);
        foreach (string script in new[] { Scripts.Headings, Scripts.Contrast, Scripts.Formulas, Scripts.Width, Scripts.Descriptions, Scripts.Landmarks, Scripts.OnPhone })
        {
            Assert.NotEmpty(await open.Wrong(script));
        }
    }

    // Read as text: a page may be as large as the whole course.
    private static HashSet<string> Ids(string file) => Known.GetOrAdd(file, path => [.. Id().Matches(File.ReadAllText(path)).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value))]);

    [GeneratedRegex("\\bid=\"([^\"]+)\"")]
    private static partial Regex Id();
}
