using CourseLib.Tests.Architecture;
using Microsoft.Playwright;

namespace CourseLib.Book.Tests;

/// <summary>The machine's own Chromium, started once for all tests; Playwright's download is not asked for.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];

    // Where Windows and macOS install browsers, which are not on the PATH there.
    private static readonly (Environment.SpecialFolder Folder, string Below)[] Places =
    [
        (Environment.SpecialFolder.ProgramFiles, "Google/Chrome/Application/chrome.exe"),
        (Environment.SpecialFolder.LocalApplicationData, "Google/Chrome/Application/chrome.exe"),
        (Environment.SpecialFolder.ProgramFilesX86, "Microsoft/Edge/Application/msedge.exe"),
        (Environment.SpecialFolder.ProgramFiles, "Microsoft/Edge/Application/msedge.exe"),
    ];

    private static readonly string[] Applications = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Where Chromium is: COURSELIB_CHROMIUM, else the first known name on the PATH, else where Windows and macOS keep it; null when nowhere.</summary>
    public static string? Executable { get; } = Find();

    /// <summary>Why browser tests are skipped; null when they are not.</summary>
    public static string? Missing => Executable is null ? "needs Chromium on the PATH, or its path in COURSELIB_CHROMIUM (Debian: apt-get install chromium)"
        : Directory.Exists(Repository.Full("artifacts/web/node_modules")) || OnPath("npm", "npm.cmd") is not null ? null
        : "needs npm: without it the book asks the network for plotly.js and KaTeX";

    public async Task InitializeAsync()
    {
        if (Executable is not null)
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Executable,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--allow-file-access-from-files"],
            });
        }
    }

    public async Task DisposeAsync()
    {
        await (browser?.CloseAsync() ?? Task.CompletedTask);
        playwright?.Dispose();
    }

    /// <summary>Opens a page of a book, with a list of everything on it that a reader should never meet: errors in the console, requests that leave the machine.</summary>
    public async Task<OpenPage> Open(string file, int width = 1200, ColorScheme colors = ColorScheme.Light, bool script = true)
    {
        IBrowserContext context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = colors, JavaScriptEnabled = script });
        return await OpenPage.Load(context, file);
    }

    /// <summary>Opens a page on a phone: narrow, with a finger for a pointer.</summary>
    public async Task<OpenPage> OpenOnPhone(string file) =>
        await OpenPage.Load(await browser!.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true, ColorScheme = ColorScheme.Dark }), file);

    /// <summary>A context of its own: no cache and no storage of another test.</summary>
    public async Task<IBrowserContext> Context() => await browser!.NewContextAsync(new() { ViewportSize = new() { Width = 1200, Height = 900 } });

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("COURSELIB_CHROMIUM");
        return !string.IsNullOrEmpty(named) ? named : OnPath(Names)
            ?? Places.Select(place => Path.GetFullPath(Path.Combine(Environment.GetFolderPath(place.Folder), place.Below))).Concat(Applications).FirstOrDefault(File.Exists);
    }

    private static string? OnPath(params string[] names) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
