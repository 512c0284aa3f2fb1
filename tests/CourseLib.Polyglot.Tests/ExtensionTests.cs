using System.Text.Json.Nodes;
using CourseLib.Charts;
using CourseLib.Notebooks.Format;
using CourseLib.Polyglot.Tests.Hosting;
using CourseLib.Tests.Architecture;

namespace CourseLib.Polyglot.Tests;

/// <summary>The package as a notebook meets it: restored from the feed by its <c>#r</c>, its extension run by the host.</summary>
public sealed class ExtensionTests
{
    private const string Show = """
        CourseLib.Charts.Chart.Line(new double[] { 1, 2, 3 }, "squares")
        """;

    private const string IsShown = """
        (CourseLib.Training.Trainer.DefaultProgress is not null).ToString()
        """;

    [Fact]
    public void A_notebook_that_names_the_package_has_live_trainings_and_plain_text()
    {
        IReadOnlyList<NotebookCell> cells = Run("with-extension", $"#r \"nuget: CourseLib.Interactive, {Repository.Version}\"");
        Assert.Equal("True", NotebookText.Join(cells[1].Outputs[0]!["data"]!["text/plain"]));
        JsonObject figure = cells[2].Outputs[0]!["data"]!.AsObject();
        Assert.Equal(["text/html", FigureFormatterSource.PlotlyMimeType, "text/plain"], figure.Select(pair => pair.Key));
        Assert.StartsWith("Figure: ", NotebookText.Join(figure["text/plain"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_that_does_not_has_neither()
    {
        IReadOnlyList<NotebookCell> cells = Run("without-extension", $"#r \"nuget: CourseLib, {Repository.Version}\"");
        Assert.Equal("False", NotebookText.Join(cells[1].Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal(["text/html", FigureFormatterSource.PlotlyMimeType], cells[2].Outputs[0]!["data"]!.AsObject().Select(pair => pair.Key));
    }

    // Beside the course's notebooks, where the configuration is that names the feed; a temporary folder has none.
    private static IReadOnlyList<NotebookCell> Run(string name, string package)
    {
        string folder = Repository.Full($"artifacts/polyglot/{name}");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "NuGet.config"), File.ReadAllText(Repository.Full("notebooks/NuGet.config")).Replace("../artifacts/packages", "../../packages", StringComparison.Ordinal));
        string path = Path.Combine(folder, $"{name}.ipynb");
        new NotebookBuilder().Code(package).Code(IsShown).Code(Show).Build().Write(path);
        return [.. Child.Run(path).CodeCells];
    }
}
