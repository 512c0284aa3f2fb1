using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Format;
using CourseLib.Polyglot.Tests.Hosting;
using CourseLib.Tests.Architecture;

namespace CourseLib.Polyglot.Tests.PlotlyNet;

/// <summary>Notebook 90 in a real kernel, with the packages that the build with the switch left in the repository's feed.</summary>
public sealed class PlotlyNotebookTests
{
    [Fact]
    public void Runs_to_its_end_and_Plotly_NET_shows_its_charts()
    {
        NotebookDocument notebook = Child.Run(Path.Combine(new CourseFolder(Repository.Root).Polyglot, "90-charts-with-plotly-net.ipynb"));
        string[] charts = [.. notebook.CodeCells.Where(cell => cell.Outputs.Any(output => NotebookText.Join(output?["data"]?["text/html"]).Contains("Plotly.newPlot(", StringComparison.Ordinal)
            && !NotebookText.Join(output?["data"]?["text/html"]).Contains("courselib-figure", StringComparison.Ordinal))).Select(cell => cell.Id!)];
        Assert.Equal(["convert", "style", "trace", "places", "panels", "surface", "ways", "grid"], charts);
    }
}
