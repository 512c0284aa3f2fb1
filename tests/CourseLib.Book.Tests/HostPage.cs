using CourseLib.Charts;
using Microsoft.Playwright;

namespace CourseLib.Book.Tests;

/// <summary>
/// A page that shows outputs as a notebook host does, on an https address of its own. No request leaves the machine: the pinned address of plotly.js is answered with the file
/// that npm brought, or not, as a test wants; every other address is refused.
/// </summary>
public sealed class HostPage : IAsyncDisposable
{
    /// <summary>Puts HTML into a new output as VS Code does: as text, and then each script element anew, with these attributes alone.</summary>
    private const string InjectAsVsCode = """
        html => {
          const output = document.createElement("div");
          output.className = "output";
          document.body.appendChild(output);
          output.innerHTML = html;
          for (const given of output.querySelectorAll("script")) {
            const script = document.createElement("script");
            script.text = given.innerText;
            for (const name of ["type", "src", "nonce", "nomodule", "async"]) {
              const value = given[name] || given.getAttribute(name);
              if (value) script.setAttribute(name, value);
            }
            given.parentNode.replaceChild(script, given);
          }
        }
        """;

    private const string Address = "https://host.test/";

    // Every byte counts for the hash, so one that no program notices is enough to tamper with.
    private static readonly Lazy<byte[]> Library = new(() => File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Gallery.File)!, "assets", "plotly", "plotly.min.js")));

    private readonly IBrowserContext context;
    private readonly List<string> errors = [];
    private readonly List<string> requests = [];

    private HostPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.PageError += (_, error) => errors.Add(error);
    }

    /// <summary>What comes from the pinned address.</summary>
    public enum Answer
    {
        /// <summary>The library.</summary>
        Library,

        /// <summary>The library with one byte more.</summary>
        Tampered,

        /// <summary>Nothing: there is no network.</summary>
        Nothing,
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Errors that no script caught, rejected promises too.</summary>
    public IReadOnlyList<string> Errors => errors;

    /// <summary>The addresses that were asked for, but the page's own.</summary>
    public IReadOnlyList<string> Requests => requests;

    /// <summary>What the pinned address answers from now on.</summary>
    public Answer Answers { get; set; } = Answer.Library;

    /// <summary>While this is not completed, nothing is answered.</summary>
    public TaskCompletionSource Gate { get; } = new();

    /// <summary>The chart of an output, counted from 0.</summary>
    public ILocator Chart(int output) => Page.Locator(".output").Nth(output).Locator(".courselib-figure");

    /// <summary>Opens a page.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="body">What is on the page.</param>
    /// <param name="open">Whether the pinned address answers at once.</param>
    public static async Task<HostPage> Open(Browser browser, string body = "", bool open = true)
    {
        IBrowserContext context = await browser.Context();
        HostPage host = new(context, await context.NewPageAsync());
        if (open)
        {
            host.Gate.SetResult();
        }

        await context.RouteAsync("**/*", route => route.Request.Url == Address
            ? route.FulfillAsync(new() { ContentType = "text/html", Body = $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Host</title></head><body>{body}</body></html>" })
            : host.Serve(route));
        _ = await host.Page.GotoAsync(Address);
        return host;
    }

    /// <summary>Shows an output.</summary>
    public async Task Inject(string html) => await Page.EvaluateAsync(InjectAsVsCode, html);

    /// <summary>Waits until the chart of an output is plotly's.</summary>
    public async Task ExpectInteractive(int output)
    {
        await Assertions.Expect(Chart(output)).ToHaveAttributeAsync("data-figure", "interactive", new() { Timeout = 30_000 });
        await Assertions.Expect(Chart(output).Locator(".js-plotly-plot .legendtext")).ToHaveTextAsync("sine");
    }

    /// <summary>Waits until the page has ended what it had begun, then holds that the chart of an output is the static picture.</summary>
    public async Task ExpectStatic(int output)
    {
        _ = await Chart(output).EvaluateAsync("chart => new Promise(done => new IntersectionObserver(() => done()).observe(chart))"); // the chart's own observer was called before this one
        _ = await Page.WaitForFunctionAsync("() => !window.courselibPlotlyLoading");
        await Assertions.Expect(Chart(output).Locator(":scope > svg")).ToBeVisibleAsync();
        Assert.Equal("static", await Chart(output).GetAttributeAsync("data-figure"));
        Assert.Equal(0, await Chart(output).Locator(".js-plotly-plot").CountAsync());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ = Gate.TrySetResult();
        await context.CloseAsync();
    }

    private async Task Serve(IRoute route)
    {
        requests.Add(route.Request.Url);
        await Gate.Task;
        if (route.Request.Url != PlotlyJs.Url || Answers == Answer.Nothing)
        {
            await route.AbortAsync("internetdisconnected");
            return;
        }

        byte[] body = Answers == Answer.Tampered ? [.. Library.Value, (byte)'\n'] : Library.Value;
        await route.FulfillAsync(new() { ContentType = "text/javascript", BodyBytes = body, Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" } });
    }
}
