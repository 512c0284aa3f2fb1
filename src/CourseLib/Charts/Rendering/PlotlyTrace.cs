using System.Globalization;
using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;

namespace CourseLib.Charts.Rendering;

/// <summary>What plotly.js traces of all kinds have in common.</summary>
internal static class PlotlyTrace
{
    /// <summary>A trace of a type, with its axes and its place in the legend.</summary>
    public static JsonObject New(string type, PanelFrame frame, Series series) => new()
    {
        ["type"] = type,
        ["name"] = Text(series.Trace.Name),
        ["legendgroup"] = Text(series.Trace.Name),
        ["legendrank"] = series.Rank + 1,
        ["showlegend"] = series.InLegend,
        ["xaxis"] = "x" + frame.Suffix,
        ["yaxis"] = "y" + frame.Suffix,
    };

    /// <summary>Numbers with nine digits, which is more than a float has; null, which is a gap, for what is not finite.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(double.Parse(value.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) : null;

    public static JsonArray Matrix(Values2D values, Func<double, JsonNode?>? cell = null) =>
        new([.. Enumerable.Range(0, values.Rows).Select(row => (JsonNode)new JsonArray([.. Enumerable.Range(0, values.Columns).Select(column => (cell ?? Number)(values[row, column]))]))]);

    /// <summary>Text that shows as it is: plotly.js reads a subset of HTML in all its texts.</summary>
    public static string Text(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The colours of a heat map or contours, and the colour bar when there is one.</summary>
    public static void Colours(JsonObject trace, ColorScale scale, ColorBarFrame? bar)
    {
        IReadOnlyList<Colour> anchors = scale.Map.Anchors;
        trace["colorscale"] = new JsonArray([.. anchors.Select((colour, i) => (JsonNode)new JsonArray(i / (anchors.Count - 1.0), colour.Hex))]);
        trace["showscale"] = bar is not null;
        if (bar is null)
        {
            return;
        }

        trace["colorbar"] = new JsonObject
        {
            ["thickness"] = bar.Place.Width,
            ["thicknessmode"] = "pixels",
            ["len"] = bar.Place.Height,
            ["lenmode"] = "pixels",
            ["xpad"] = 0,
            ["ypad"] = 0,
            ["outlinewidth"] = 0,
            ["tickmode"] = "array",
            ["tickvals"] = Numbers(bar.Ticks.Select(tick => tick.Value)),
            ["ticktext"] = new JsonArray([.. bar.Ticks.Select(tick => JsonValue.Create(Text(tick.Text)))]),
            ["tickfont"] = new JsonObject { ["size"] = Scene.TickSize, ["color"] = Scene.TextColor },
        };
    }
}
