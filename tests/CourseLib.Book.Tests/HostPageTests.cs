using CourseLib.Charts;
using Microsoft.Playwright;

namespace CourseLib.Book.Tests;

/// <summary>A chart in a notebook host: what comes from the pinned address, what does not, and what else may be on the page.</summary>
public class HostPageTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>As much of an AMD loader as a library looks at: with <c>define.amd</c> there it hands itself over instead of making a global.</summary>
    private const string Amd = "<script>window.define = (...given) => { window.swallowed = given; }; define.amd = { jQuery: true };</script>";

    private static string Html => Chart.Line([0, 1, 2], [1, 0, 1], "sine").Title("A line").ToHtml();

    [BrowserFact]
    public async Task The_picture_shows_before_the_library_comes_and_the_library_comes_from_its_pinned_address_with_its_hash()
    {
        await using HostPage host = await HostPage.Open(browser, open: false);
        await host.Inject(Html);
        await Assertions.Expect(host.Chart(0).Locator(":scope > svg")).ToBeVisibleAsync();
        Assert.Equal("static", await host.Chart(0).GetAttributeAsync("data-figure"));
        Assert.Equal([PlotlyJs.Integrity, "anonymous"], await host.Page.EvaluateAsync<string[]>("url => { const s = document.querySelector(`script[src='${url}']`); return [s.integrity, s.crossOrigin]; }", PlotlyJs.Url));
        host.Gate.SetResult();
        await host.ExpectInteractive(0);
        await Assertions.Expect(host.Chart(0).Locator(":scope > svg")).ToBeHiddenAsync();
        Assert.Equal([PlotlyJs.Url], host.Requests);
        Assert.Empty(host.Errors);
    }

    [BrowserTheory]
    [InlineData(HostPage.Answer.Tampered)]
    [InlineData(HostPage.Answer.Nothing)]
    public async Task A_file_that_was_tampered_with_or_does_not_come_leaves_the_picture_and_the_next_chart_tries_again(HostPage.Answer answer)
    {
        await using HostPage host = await HostPage.Open(browser, open: false);
        host.Answers = answer;
        await host.Inject(Html);
        host.Gate.SetResult();
        await host.ExpectStatic(0);
        host.Answers = HostPage.Answer.Library;
        await host.Inject(Html);
        await host.ExpectInteractive(1);
        Assert.Equal([PlotlyJs.Url, PlotlyJs.Url], host.Requests);
        Assert.Empty(host.Errors);
    }

    [BrowserFact]
    public async Task Two_charts_load_it_once_and_a_page_that_has_it_loads_nothing()
    {
        await using HostPage host = await HostPage.Open(browser, open: false);
        await host.Inject(Html);
        await host.Inject(Html);
        host.Gate.SetResult();
        await host.ExpectInteractive(0);
        await host.ExpectInteractive(1);
        await host.Inject(Html);
        await host.ExpectInteractive(2);
        Assert.Equal([PlotlyJs.Url], host.Requests);
        Assert.Empty(host.Errors);
    }

    [BrowserFact]
    public async Task An_AMD_loader_on_the_page_neither_swallows_it_nor_is_touched()
    {
        await using HostPage host = await HostPage.Open(browser, Amd, open: false);
        await host.Inject(Html);
        Assert.True(await host.Page.EvaluateAsync<bool>("() => define.amd.jQuery"));
        host.Gate.SetResult();
        await host.ExpectInteractive(0);
        Assert.True(await host.Page.EvaluateAsync<bool>("() => define.amd.jQuery && !window.swallowed"));

        // A library that looks for the loader is swallowed.
        _ = await host.Page.AddScriptTagAsync(new() { Content = "(function (make) { if (typeof define === 'function' && define.amd) define([], make); else window.Other = make(); })(() => ({}))" });
        Assert.True(await host.Page.EvaluateAsync<bool>("() => !!window.swallowed && !window.Other"));
        Assert.Empty(host.Errors);
    }

    [BrowserFact]
    public async Task A_cell_that_runs_again_shows_its_chart_again_and_one_output_shown_twice_is_two_charts()
    {
        await using HostPage host = await HostPage.Open(browser);
        string html = Html;
        await host.Inject(html);
        await host.ExpectInteractive(0);
        await host.Page.EvaluateAsync("() => document.querySelector('.output').remove()");
        await host.Inject(html);
        await host.ExpectInteractive(0);
        await host.Inject(html);
        await host.ExpectInteractive(1);
        Assert.Equal([PlotlyJs.Url], host.Requests);
        Assert.Empty(host.Errors);
    }

    [BrowserFact]
    public async Task An_output_that_is_removed_before_the_library_comes_is_no_error()
    {
        await using HostPage host = await HostPage.Open(browser, open: false);
        await host.Inject(Html);
        await host.Inject(Html);
        await host.Page.EvaluateAsync("() => document.querySelector('.output').remove()");
        await host.Inject(Html);
        await host.Page.EvaluateAsync("() => document.querySelectorAll('.output')[1].innerHTML = ''");
        host.Gate.SetResult();
        await host.ExpectInteractive(0);
        Assert.Empty(host.Errors);
    }

    [BrowserFact]
    public async Task A_library_that_cannot_draw_leaves_the_picture()
    {
        await using HostPage host = await HostPage.Open(browser, "<script>window.Plotly = { newPlot() { throw new Error('another library'); } };</script>");
        await host.Inject(Html);
        await host.ExpectStatic(0);
        Assert.Empty(host.Requests);
        Assert.Empty(host.Errors);
    }

    [BrowserFact]
    public async Task An_error_that_no_script_catches_is_seen()
    {
        await using HostPage host = await HostPage.Open(browser);
        await host.Inject("<script>Promise.reject(new Error('lost'))</script>");
        await host.Page.WaitForFunctionAsync("() => new Promise(done => setTimeout(() => done(true), 0))");
        Assert.Contains(host.Errors, error => error.Contains("lost", StringComparison.Ordinal));
    }
}
