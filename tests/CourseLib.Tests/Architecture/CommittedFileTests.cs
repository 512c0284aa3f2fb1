using System.Text.Json;

namespace CourseLib.Tests.Architecture;

/// <summary>What is committed: no outputs in notebooks, no package registry by name, no build results, a container that parses.</summary>
public class CommittedFileTests
{
    // In pieces, so that this file does not hold what it forbids.
    private static readonly string[] Registries =
    [
        "registry." + "npmjs", "npmjs" + ".org", "registry." + "yarnpkg", "nuget" + ".org", "pypi" + ".org", "python" + "hosted.org", "anaconda" + ".org", "crates" + ".io",
        "npm.pkg." + "github", "nuget.pkg." + "github", "pkgs.dev." + "azure", "artifactory" + ".",
    ];

    [Fact]
    public void No_file_names_a_package_registry()
    {
        string[] found = Repository.CommittedFiles().Where(Repository.IsText).SelectMany(file => RegistriesIn(File.ReadAllText(Repository.Full(file))).Select(host => $"{file}: {host}")).ToArray();
        Assert.True(found.Length == 0, string.Join('\n', found));
        Assert.Single(RegistriesIn("\"resolved\": \"https://registry." + "npmjs" + ".com/katex\""));
    }

    [Fact]
    public void No_notebook_carries_outputs()
    {
        string[] dirty = Repository.CommittedFiles().Where(file => file.EndsWith(".ipynb", StringComparison.Ordinal))
            .Where(file => HasOutputs(File.ReadAllText(Repository.Full(file)))).ToArray();
        Assert.True(dirty.Length == 0, $"run `dotnet run --project src/CourseLib.Notebooks -- clean`: {string.Join(", ", dirty)}");
        Assert.True(HasOutputs("""{"cells":[{"cell_type":"code","execution_count":null,"outputs":[{}]}]}"""));
        Assert.True(HasOutputs("""{"cells":[{"cell_type":"code","execution_count":3,"outputs":[]}]}"""));
        Assert.False(HasOutputs("""{"cells":[{"cell_type":"code","execution_count":null,"outputs":[]},{"cell_type":"markdown"}]}"""));
    }

    [Fact]
    public void No_build_result_is_committed()
    {
        string[] endings = [".dll", ".exe", ".pdb", ".nupkg", ".trx", ".orig"];
        string[] found = Repository.CommittedFiles().Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).ToArray();
        Assert.Empty(found);
        Assert.Contains("artifacts/packages/.gitkeep", Repository.CommittedFiles());
    }

    [Fact]
    public void The_development_container_is_complete_and_pinned()
    {
        using JsonDocument container = JsonDocument.Parse(File.ReadAllText(Repository.Full(".devcontainer/devcontainer.json")));
        JsonElement root = container.RootElement;
        Assert.Contains("dotnet", root.GetProperty("image").GetString()!, StringComparison.Ordinal);
        Assert.Contains(root.GetProperty("features").EnumerateObject(), feature => feature.Name.Contains("/node:", StringComparison.Ordinal));
        string[] extensions = root.GetProperty("customizations").GetProperty("vscode").GetProperty("extensions").EnumerateArray().Select(extension => extension.GetString()!).ToArray();
        Assert.Contains(extensions, extension => extension.StartsWith("ms-dotnettools.dotnet-interactive-vscode@", StringComparison.Ordinal));
        Assert.Contains(extensions, extension => extension.StartsWith("datafication.verso-notebook@", StringComparison.Ordinal));

        using JsonDocument tools = JsonDocument.Parse(File.ReadAllText(Repository.Full(".config/dotnet-tools.json")));
        // The tools are for a terminal: where they cannot be had, the container is ready all the same.
        Assert.StartsWith("dotnet build -c Release && (dotnet tool restore || echo ", root.GetProperty("postCreateCommand").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            tools.RootElement.GetProperty("tools").GetProperty("microsoft.dotnet-interactive").GetProperty("version").GetString(),
            root.GetProperty("customizations").GetProperty("vscode").GetProperty("settings").GetProperty("dotnet-interactive.requiredInteractiveToolVersion").GetString());
        Assert.Contains($"ms-dotnettools.dotnet-interactive-vscode@{tools.RootElement.GetProperty("tools").GetProperty("microsoft.dotnet-interactive").GetProperty("version").GetString()}0", extensions); // the extension's version is the tool's with a 0 behind
        Assert.Contains($"datafication.verso-notebook@{tools.RootElement.GetProperty("tools").GetProperty("verso.cli").GetProperty("version").GetString()}", extensions);
        Assert.All(tools.RootElement.GetProperty("tools").EnumerateObject(), tool => Assert.Matches(@"^\d+\.\d+\.\d+$", tool.Value.GetProperty("version").GetString()));
    }

    private static IEnumerable<string> RegistriesIn(string text) => Registries.Where(host => text.Contains(host, StringComparison.OrdinalIgnoreCase));

    private static bool HasOutputs(string notebook)
    {
        using JsonDocument document = JsonDocument.Parse(notebook);
        return document.RootElement.GetProperty("cells").EnumerateArray().Any(cell =>
            cell.GetProperty("cell_type").GetString() == "code"
            && (cell.GetProperty("outputs").GetArrayLength() > 0 || cell.GetProperty("execution_count").ValueKind != JsonValueKind.Null));
    }
}
