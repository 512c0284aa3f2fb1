using CourseLib.Tests.Architecture;
using Microsoft.Playwright;

namespace CourseLib.Book.Tests;

/// <summary>
/// Takes the README's pictures of the book that the last run left: <c>dotnet run --project tests/CourseLib.Book.Tests -- screenshots</c>. Charts are named by
/// their titles, so that a picture that no longer exists is an error and not a picture of something else.
/// </summary>
internal static class Screenshots
{
    private const int Width = 1000;

    private static readonly (string Page, string Title)[] Charts =
    [
        ("08-momentum-and-adaptive", "Rosenbrock's valley: inertia gets farthest"),
        ("05-initialization", "A factor c per layer, both ways, until float ends"),
        ("07-sgd-convergence", "GD: 1/k. SGD: 1/√k, or 1/k down to its plateau"),
        ("06-gradient-descent", "Where GD ends: yellow is the global minimum"),
    ];

    /// <summary>Writes ledger.png, notebook.png and charts.png.</summary>
    /// <param name="book">The folder of the book.</param>
    /// <param name="folder">Where the pictures go.</param>
    public static async Task<int> Take(string book, string folder)
    {
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser.Executable, Args = ["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--hide-scrollbars"] });
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = Width, Height = 900 }, DeviceScaleFactor = 2, JavaScriptEnabled = false });
        Directory.CreateDirectory(folder);

        await Open("index");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "ledger.png"), Clip = new() { Width = Width, Height = 760 } });

        // A chart, and the claim that rests on it.
        await Open("05-initialization");
        byte[] chart = await Figure("30 ReLU layers: Xavier halves the signal in each").ScreenshotAsync();
        byte[] claim = await page.Locator("[data-claim='init.he']").ScreenshotAsync();
        await Show("notebook", "1fr", $"<img src='data:image/png;base64,{Convert.ToBase64String(chart)}'><img src='data:image/png;base64,{Convert.ToBase64String(claim)}'>", "img{zoom:.5}");

        List<string> pictures = [];
        foreach ((string name, string title) in Charts)
        {
            await Open(name);
            pictures.Add(await Figure(title).EvaluateAsync<string>("figure => { const svg = figure.querySelector('svg'); svg.removeAttribute('width'); svg.removeAttribute('height'); return svg.outerHTML; }"));
        }

        await Show("charts", "1fr 1fr", string.Concat(pictures), "svg{width:470px;height:auto}");
        return 0;

        Task Open(string name) => page.GotoAsync(new Uri(Path.Combine(book, name + ".html")).AbsoluteUri);

        ILocator Figure(string title) => page.Locator(".courselib-figure", new() { Has = page.Locator("svg > title", new() { HasTextString = title }) });

        async Task Show(string name, string columns, string html, string style)
        {
            await page.SetContentAsync($"<meta charset='utf-8'><style>{style} #all{{display:grid;grid-template-columns:{columns};gap:16px;padding:16px;width:fit-content;background:#fff}}</style><div id='all'>{html}</div>");
            await page.Locator("#all").ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["screenshots", ..])
        {
            Console.Error.WriteLine("These are tests: run `dotnet test`. As a program the assembly knows\n  screenshots [BOOK]   write docs/images from artifacts/book, or from another book");
            return 2;
        }

        return await Take(arguments.Length > 1 ? Path.GetFullPath(arguments[1]) : Repository.Full("artifacts/book"), Repository.Full("docs/images"));
    }
}
