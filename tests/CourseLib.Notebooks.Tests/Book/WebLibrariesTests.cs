using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CourseLib.Charts;
using CourseLib.Notebooks.Book.Assets;

namespace CourseLib.Notebooks.Tests.Book;

public class WebLibrariesTests
{
    [Fact]
    public void The_pinned_versions_are_the_same_everywhere()
    {
        JsonNode package = Json("package.json")["dependencies"]!;
        JsonNode locked = Json("package-lock.json")["packages"]!;
        foreach (string name in (string[])["katex", "plotly.js-dist-min"])
        {
            Assert.Equal((string?)package[name], (string?)locked["node_modules/" + name]!["version"]);
        }

        string katex = "/katex@" + (string?)package["katex"] + "/";
        Assert.Contains(katex, WebLibraries.KatexStyle.Url, StringComparison.Ordinal);
        Assert.Contains(katex, WebLibraries.KatexScript.Url, StringComparison.Ordinal);
        Assert.Equal(PlotlyJs.Version, (string?)package["plotly.js-dist-min"]);
    }

    [Fact]
    public void The_lock_file_names_no_address() => Assert.DoesNotContain("\"resolved\"", Text("package-lock.json"), StringComparison.Ordinal);

    [Fact]
    public void The_integrity_hashes_are_those_of_the_packages()
    {
        WebLibraries libraries = WebLibraries.Prepare(SharedCache.Folder);
        if (libraries.Folder is not { } folder)
        {
            Assert.Contains("cdn.jsdelivr.net", libraries.Notice, StringComparison.Ordinal);
            return;
        }

        foreach ((string? url, string? integrity) in ((string, string)[])[WebLibraries.KatexStyle, WebLibraries.KatexScript])
        {
            Assert.Equal(integrity, Hash(Path.Combine(folder, "node_modules", "katex", "dist", url[(url.LastIndexOf('/') + 1)..])));
        }

        Assert.Equal(PlotlyJs.Integrity, Hash(Path.Combine(folder, "node_modules", "plotly.js-dist-min", "plotly.min.js")));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_a_notice_and_no_failure()
    {
        string file = Path.GetTempFileName();
        WebLibraries libraries = WebLibraries.Prepare(Path.Combine(file, "cache"));
        File.Delete(file);
        Assert.False(libraries.Bundled);
        Assert.Contains("sees formulas as LaTeX", libraries.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_missing_or_fails_says_so()
    {
        ExternalProgram.Result missing = ExternalProgram.Run("no-such-program-at-all", [], Path.GetTempPath(), null, TimeSpan.FromSeconds(10));
        Assert.False(missing.Succeeded);
        Assert.Equal("no-such-program-at-all is not installed", missing.Problem);
        ExternalProgram.Result failing = ExternalProgram.Run("dotnet", ["no-such-verb-at-all"], Path.GetTempPath(), null, TimeSpan.FromSeconds(60));
        Assert.False(failing.Succeeded);
        Assert.NotEqual("", failing.Problem);
    }

    private static string Hash(string file) => "sha384-" + Convert.ToBase64String(SHA384.HashData(File.ReadAllBytes(file)));

    private static string Text(string name) => Encoding.UTF8.GetString(WebLibraries.Resource(name));

    private static JsonNode Json(string name) => JsonNode.Parse(Text(name))!;
}
