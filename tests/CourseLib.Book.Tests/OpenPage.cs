using Microsoft.Playwright;

namespace CourseLib.Book.Tests;

/// <summary>A page in the browser, with what went wrong on it.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> faults = [];

    private OpenPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.Request += (_, request) => Note(new Uri(request.Url).Scheme is not ("file" or "data" or "blob"), $"request: {request.Url}");
        page.RequestFailed += (_, request) => Note(true, $"failed: {request.Url} {request.Failure}");
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Errors and warnings in the console, errors of scripts, requests that leave the machine or fail.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>Opens a file and waits until it is loaded.</summary>
    public static async Task<OpenPage> Load(IBrowserContext context, string file)
    {
        OpenPage opened = new(context, await context.NewPageAsync());
        _ = await opened.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return opened;
    }

    /// <summary>Scrolls to each chart in turn, as a reader does, and waits until it is interactive. Returns how many charts there are.</summary>
    public async Task<int> DrawCharts()
    {
        int count = await Page.Locator(".courselib-figure").CountAsync();
        for (int i = 0; i < count; i++)
        {
            ILocator chart = Page.Locator(".courselib-figure").Nth(i);
            await chart.EvaluateAsync("chart => { for (let box = chart.closest('details'); box; box = box.parentElement.closest('details')) box.open = true; chart.scrollIntoView(); }");
            await Assertions.Expect(chart).ToHaveAttributeAsync("data-figure", "interactive", new() { Timeout = 30_000 });
        }

        return count;
    }

    /// <summary>Scrolls to each chart in turn, as a reader does.</summary>
    public async Task ScrollToCharts() => await Page.EvaluateAsync("""
        async () => {
          for (const chart of document.querySelectorAll(".courselib-figure")) {
            for (let box = chart.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
            chart.scrollIntoView();
            await new Promise(done => new IntersectionObserver((_, observer) => { observer.disconnect(); done(); }).observe(chart));
          }
        }
        """);

    /// <summary>Evaluates a script of <see cref="Scripts"/> in the page: a list of what is wrong, empty when nothing is.</summary>
    public async Task<string[]> Wrong(string script) => await Page.EvaluateAsync<string[]>(script);

    /// <summary>Holds that each script finds nothing wrong; a failure names all that was found.</summary>
    public async Task HoldsUp(params string[] scripts)
    {
        foreach (string script in scripts)
        {
            string[] wrong = await Wrong(script);
            Assert.True(wrong.Length == 0, string.Join('\n', wrong));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await context.CloseAsync();

    private void Note(bool isFault, string fault)
    {
        if (isFault)
        {
            faults.Add(fault);
        }
    }
}
