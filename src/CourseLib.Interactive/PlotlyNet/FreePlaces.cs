using System.Text.Json.Nodes;

namespace CourseLib.Interactive.PlotlyNet;

/// <summary>Takes sizes and places out of a figure's JSON, so that whoever draws it decides them. What the figure decided about numbers (ranges, ticks, colours) stays.</summary>
internal static class FreePlaces
{
    private static readonly string[] OfLayout = ["width", "height", "autosize", "margin"];
    private static readonly string[] OfLegend = ["x", "y", "xanchor", "yanchor"];
    private static readonly string[] OfAxis = ["anchor", "domain"];
    private static readonly string[] OfColorBar = ["x", "xanchor", "y", "yanchor", "len", "lenmode"];

    /// <summary>Changes the JSON of a figure of one panel.</summary>
    /// <exception cref="ArgumentException">It has several.</exception>
    public static void Apply(JsonObject json)
    {
        JsonObject layout = json["layout"]!.AsObject();
        int panels = layout.Count(property => property.Key.StartsWith("xaxis", StringComparison.Ordinal));
        if (panels != 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"Figure.ToPlotlyNet: expected one panel where Plotly.NET decides the places, got {panels}; convert the figures one by one and arrange them with Plotly.NET's Chart.Grid, or keep the places"));
        }

        (double Low, double High) x = Domain(layout, "xaxis"), y = Domain(layout, "yaxis");
        Remove(layout, OfLayout);
        if (layout["legend"] is JsonObject legend)
        {
            Remove(legend, OfLegend);
        }

        foreach (string name in new[] { "xaxis", "yaxis" })
        {
            Remove(layout[name]!.AsObject(), OfAxis);
            layout[name]!["automargin"] = true;
        }

        JsonObject[] annotations = [.. layout["annotations"]!.AsArray().Select(annotation => annotation!.AsObject())];
        JsonObject? scale = annotations.FirstOrDefault(annotation => (string?)annotation["name"] == "scale");
        foreach (JsonObject bar in json["data"]!.AsArray().Select(trace => trace!["colorbar"]).OfType<JsonObject>())
        {
            Remove(bar, OfColorBar);
            if (scale is not null)
            {
                bar["title"] = new JsonObject { ["text"] = scale["text"]!.DeepClone(), ["side"] = "right", ["font"] = scale["font"]!.DeepClone() };
            }
        }

        layout["title"] = Title(annotations);
        layout["annotations"] = new JsonArray([.. annotations.Where(annotation => annotation["name"] is null).Select(annotation => Inside(annotation.DeepClone().AsObject(), x, y))]);
    }

    private static (double Low, double High) Domain(JsonObject layout, string axis) => ((double)layout[axis]!["domain"]![0]!, (double)layout[axis]!["domain"]![1]!);

    private static void Remove(JsonObject json, string[] names)
    {
        foreach (string name in names)
        {
            json.Remove(name);
        }
    }

    // The figure breaks its title into lines for its width; here it is one text again, with the message in smaller letters under it.
    private static JsonObject Title(JsonObject[] annotations)
    {
        string Joined(string name) => string.Join(' ', annotations.Where(annotation => (string?)annotation["name"] == name).Select(annotation => (string)annotation["text"]!));
        (string title, string message) = (Joined("title").Replace("</b> <b>", " ", StringComparison.Ordinal), Joined("message"));
        JsonObject result = new() { ["text"] = message.Length > 0 ? $"{title}<br><sup>{message}</sup>" : title };
        if (annotations.FirstOrDefault(annotation => (string?)annotation["name"] == "title")?["font"] is { } font)
        {
            result["font"] = font.DeepClone();
        }

        return result;
    }

    // Notes are placed on the paper; what holds wherever the panel goes is their place in the panel.
    private static JsonObject Inside(JsonObject annotation, (double Low, double High) x, (double Low, double High) y)
    {
        (annotation["xref"], annotation["x"]) = ("x domain", ((double)annotation["x"]! - x.Low) / (x.High - x.Low));
        (annotation["yref"], annotation["y"]) = ("y domain", ((double)annotation["y"]! - y.Low) / (y.High - y.Low));
        return annotation;
    }
}
