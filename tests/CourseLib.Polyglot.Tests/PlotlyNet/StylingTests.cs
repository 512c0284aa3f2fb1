using System.Text.Json.Nodes;
using CourseLib.Interactive.PlotlyNet;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Chart = CourseLib.Charts.Chart;
using Figure = CourseLib.Charts.Figure;

namespace CourseLib.Polyglot.Tests.PlotlyNet;

/// <summary>Plotly.NET's styling changes what it names, and leaves the rest of the figure alone.</summary>
public class StylingTests
{
    private static readonly Figure Line = Chart.Line([1, 2, 3], [1, 4, 2.5], "a", markers: true).Title("A line").Message("It turns.").XAxis("x").YAxis("y")
        .HorizontalLine(2, "two").Annotate(2, 4, "top");

    [Fact]
    public void A_style_changes_only_what_it_names()
    {
        GenericChart chart = Line.ToPlotlyNet().WithTitle("Another");
        chart = chart.WithXAxisStyle(Title.init("seconds")).WithMarkerStyle(Size: 12).WithLineStyle(Width: 5.0);
        Assert.Equal(
            ["$.data[0].line.width: expected 2, got 5.0", "$.data[0].marker.size: expected 6, got 12", "$.layout.title is not expected", "$.layout.xaxis.title.text: expected \"x\", got \"seconds\""],
            JsonDifferences.Between(Line.ToPlotlyJson(), GenericChart.toJson(chart)).Found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Styling_one_chart_changes_no_other()
    {
        GenericChart first = Line.ToPlotlyNet(), second = Line.ToPlotlyNet();
        _ = first.WithXAxisStyle(Title.init("seconds"));
        Assert.Empty(JsonDifferences.Between(Line.ToPlotlyJson(), GenericChart.toJson(second)).Found);
        Assert.NotEmpty(JsonDifferences.Between(Line.ToPlotlyJson(), GenericChart.toJson(first)).Found);
    }

    [Fact]
    public void A_second_panel_has_its_own_axis_to_style()
    {
        Figure two = Chart.SmallMultiples([Line, Line], columns: 2);
        GenericChart chart = two.ToPlotlyNet().WithXAxisStyle(Title.init("seconds"), Id: StyleParam.SubPlotId.NewXAxis(2));
        Assert.Equal(["$.layout.xaxis2.title.text: expected \"x\", got \"seconds\""], JsonDifferences.Between(two.ToPlotlyJson(), GenericChart.toJson(chart)).Found);
    }

    [Fact]
    public void Notes_are_added_to_the_figures_own()
    {
        GenericChart chart = Line.ToPlotlyNet().WithAnnotation(Annotation.init<double, double, int, string, int, string, double, string, double, string>(X: 1, Y: 1, Text: "here"));
        int before = JsonNode.Parse(Line.ToPlotlyJson())!["layout"]!["annotations"]!.AsArray().Count;
        JsonArray after = JsonNode.Parse(GenericChart.toJson(chart))!["layout"]!["annotations"]!.AsArray();
        Assert.Equal(before + 1, after.Count);
        Assert.Contains("here", after.Select(annotation => (string?)annotation!["text"]));
    }

    [Fact]
    public void Without_its_places_a_figure_keeps_numbers_ranges_and_colours()
    {
        JsonDifferences differences = JsonDifferences.Between(Line.ToPlotlyJson(), GenericChart.toJson(Line.ToPlotlyNet(keepPlaces: false)));
        string[] gone = ["width", "height", "autosize", "margin", "legend.x", "legend.y", "legend.xanchor", "legend.yanchor", "xaxis.anchor", "xaxis.domain", "yaxis.anchor", "yaxis.domain"];
        Assert.Equal(gone.Select(name => $"$.layout.{name} is missing").Order(StringComparer.Ordinal), differences.Found.Where(difference => difference.EndsWith("missing", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["$.layout.annotations", "$.layout.title is not expected", "$.layout.xaxis.automargin", "$.layout.yaxis.automargin"],
            differences.Found.Where(difference => !difference.EndsWith("missing", StringComparison.Ordinal)).Select(difference => difference.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_its_places_the_title_is_the_charts_own_and_notes_stand_in_their_panel()
    {
        JsonNode layout = JsonNode.Parse(GenericChart.toJson(Line.ToPlotlyNet(keepPlaces: false)))!["layout"]!;
        Assert.Equal("<b>A line</b><br><sup>It turns.</sup>", (string?)layout["title"]!["text"]);
        JsonNode top = layout["annotations"]!.AsArray().First(annotation => (string?)annotation!["text"] == "top")!;
        (double low, double high) = ((double)layout["xaxis"]!["range"]![0]!, (double)layout["xaxis"]!["range"]![1]!);
        Assert.Equal(("x domain", "y domain"), ((string?)top["xref"], (string?)top["yref"]));
        Assert.Equal((2 - low) / (high - low), (double)top["x"]!, 0.005);
    }

    [Fact]
    public void Plotly_NET_arranges_charts_that_have_no_places()
    {
        GenericChart grid = Plotly.NET.Chart.Grid<string[], GenericChart[]>(1, 2).Invoke([Line.ToPlotlyNet(keepPlaces: false), Chart.HeatMap(new double[,] { { 1, 2 }, { 3, 4 } }).ToPlotlyNet(keepPlaces: false)]);
        JsonNode json = JsonNode.Parse(GenericChart.toJson(grid))!;
        Assert.Equal(["x", "x2"], json["data"]!.AsArray().Select(trace => (string?)trace!["xaxis"]));
        Assert.Equal((1, 2), ((int)json["layout"]!["grid"]!["rows"]!, (int)json["layout"]!["grid"]!["columns"]!));
        Assert.Equal("x", (string?)json["layout"]!["xaxis"]!["title"]!["text"]);
        Assert.NotNull(json["layout"]!["xaxis2"]);
    }

    /// <summary>What notebook 90 tells its reader about Plotly.NET: should this fail with a later version, the sentence there is out of date.</summary>
    [Fact]
    public void A_grid_leaves_lines_and_notes_in_its_first_cell()
    {
        GenericChart grid = Plotly.NET.Chart.Grid<string[], GenericChart[]>(1, 2).Invoke([Chart.Histogram([1, 2, 2, 3]).ToPlotlyNet(keepPlaces: false), Line.ToPlotlyNet(keepPlaces: false)]);
        JsonNode json = JsonNode.Parse(GenericChart.toJson(grid))!;
        Assert.Equal("x2", (string?)json["data"]!.AsArray()[^1]!["xaxis"]);
        Assert.Equal("y", (string?)Assert.Single(json["layout"]!["shapes"]!.AsArray())!["yref"]);
        Assert.All(json["layout"]!["annotations"]!.AsArray(), annotation => Assert.Equal("x domain", (string?)annotation!["xref"]));
    }

    [Fact]
    public void Several_panels_keep_their_places()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Chart.SmallMultiples([Line, Line]).ToPlotlyNet(keepPlaces: false));
        Assert.Contains("expected one panel where Plotly.NET decides the places, got 2", error.Message, StringComparison.Ordinal);
    }
}
