using System.Text.Json.Nodes;
using CourseLib.Charts;
using Plotly.NET;
using Figure = CourseLib.Charts.Figure;
using Layout = Plotly.NET.Layout;

namespace CourseLib.Interactive.PlotlyNet;

/// <summary>The course's charts as charts of Plotly.NET.</summary>
public static class PlotlyNetExtensions
{
    /// <summary>
    /// The figure as a GenericChart: every property of its traces, its layout and its configuration is kept, as objects that Plotly.NET's styling knows. The chart is a
    /// new one at each call: Plotly.NET changes charts in place, the figure stays as it is.
    /// </summary>
    /// <param name="figure">The chart.</param>
    /// <param name="keepPlaces">
    /// Whether the chart keeps the size and the place of everything that the figure decided. When false, Plotly.NET and the browser decide them: the figure's title becomes the chart's own
    /// title, and margins, sub-plots and legends can be arranged. Equal scales and square pictures are a matter of places too, and are given up. Then the figure must have one panel: arrange
    /// several with Chart.Grid.
    /// </param>
    /// <exception cref="ArgumentNullException">There is no figure.</exception>
    /// <exception cref="ArgumentException">The figure has several panels and shall give up their places.</exception>
    public static GenericChart ToPlotlyNet(this Figure figure, bool keepPlaces = true)
    {
        ArgumentNullException.ThrowIfNull(figure);
        JsonObject json = JsonNode.Parse(figure.ToPlotlyJson())!.AsObject();
        if (!keepPlaces)
        {
            FreePlaces.Apply(json);
        }

        return Chart(json);
    }

    /// <summary>The chart of a figure's JSON.</summary>
    internal static GenericChart Chart(JsonObject json)
    {
        Trace[] traces = [.. json["data"]!.AsArray().Select(trace => PlotlyNetObjects.Fill(new Trace2D((string)trace!["type"]!), trace.AsObject()))];
        GenericChart chart = GenericChart.setLayout(PlotlyNetObjects.Fill(new Layout(), json["layout"]!.AsObject()), GenericChart.ofTraceObjects(false, traces));
        return GenericChart.setConfig(PlotlyNetObjects.Fill(new Config(), json["config"]!.AsObject()), chart);
    }
}
