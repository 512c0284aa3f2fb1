using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;

namespace CourseLib.Charts.Rendering;

/// <summary>
/// A scene in the plotly.js schema. The paper is the whole figure: margins are 0 and every place is a share of width and height, so that nothing is left for plotly.js to decide.
/// </summary>
internal static class PlotlyJson
{
    // Under texts among the data, where the static picture has a halo.
    private const string Veil = "rgba(255,255,255,0.7)";

    public static JsonObject Write(Scene scene)
    {
        JsonArray data = new();
        foreach (PanelFrame frame in scene.Panels)
        {
            foreach (Series series in frame.Series)
            {
                foreach (JsonObject trace in series.Trace.ToPlotly(frame, series))
                {
                    if (trace["colorbar"] is JsonObject bar && frame.ColorBar is { } place)
                    {
                        (bar["x"], bar["xanchor"], bar["y"], bar["yanchor"]) = (X(scene, place.Place.Left), "left", Y(scene, place.Place.Bottom), "bottom");
                    }

                    data.Add((JsonNode)trace);
                }
            }
        }

        return new JsonObject { ["data"] = data, ["layout"] = Layout(scene, data), ["config"] = new JsonObject { ["displaylogo"] = false, ["responsive"] = false, ["modeBarButtons"] = new JsonArray((JsonNode)new JsonArray("zoom2d", "pan2d", "resetScale2d", "toImage")) } };
    }

    private static JsonObject Layout(Scene scene, JsonArray data)
    {
        JsonObject layout = new()
        {
            ["width"] = scene.Width,
            ["height"] = scene.Height,
            ["autosize"] = false,
            ["margin"] = new JsonObject { ["l"] = 0, ["r"] = 0, ["t"] = 0, ["b"] = 0, ["pad"] = 0, ["autoexpand"] = false },
            ["paper_bgcolor"] = Scene.Paper,
            ["plot_bgcolor"] = Scene.Paper,
            ["font"] = Font(Scene.TickSize, Scene.TextColor, Scene.Font),
            ["hovermode"] = "closest",
            ["showlegend"] = scene.Legend.Entries.Count > 0,
        };

        // Plotly's own check takes neither a legend that nothing is in nor a mode of bars that are not there.
        if (scene.Legend.Entries.Count > 0)
        {
            layout["legend"] = new JsonObject
            {
                ["x"] = X(scene, scene.Legend.Place.Left),
                ["y"] = Y(scene, scene.Legend.Place.Top - 3),
                ["xanchor"] = "left",
                ["yanchor"] = "top",
                ["bgcolor"] = "rgba(255,255,255,0)",
                ["tracegroupgap"] = 0,
                ["font"] = Font(Legend.FontSize, Scene.TextColor),
            };
        }

        if (data.Any(trace => (string?)trace!["type"] == "bar"))
        {
            layout["barmode"] = "overlay";
        }

        JsonArray annotations = new();
        JsonArray shapes = new();
        for (int i = 0; i < scene.Title.Length; i++)
        {
            annotations.Add((JsonNode)Named("title", Text(scene, scene.Title[i], Scene.Edge, Scene.TitleMiddle(i), Scene.TitleSize, Scene.TextColor, "left", bold: true)));
        }

        for (int i = 0; i < scene.Message.Length; i++)
        {
            annotations.Add((JsonNode)Named("message", Text(scene, scene.Message[i], Scene.Edge, scene.MessageMiddle(i), Scene.MessageSize, Scene.QuietColor, "left")));
        }

        foreach (PanelFrame frame in scene.Panels)
        {
            layout["xaxis" + frame.Suffix] = Axis(frame.X, "y" + frame.Suffix, X(scene, frame.Plot.Left), X(scene, frame.Plot.Right));
            layout["yaxis" + frame.Suffix] = Axis(frame.Y, "x" + frame.Suffix, Y(scene, frame.Plot.Bottom), Y(scene, frame.Plot.Top));
            if (frame.Panel.Title.Length > 0)
            {
                annotations.Add((JsonNode)Text(scene, frame.Panel.Title, frame.Plot.Left + (frame.Plot.Width / 2), frame.Plot.Top - 11, Scene.PanelTitleSize, Scene.TextColor, "center", bold: true));
            }

            if (frame.Excuse.Length > 0)
            {
                annotations.Add((JsonNode)Text(scene, frame.Excuse, frame.Plot.Left + (frame.Plot.Width / 2), frame.Plot.Top + (frame.Plot.Height / 2), Scene.MessageSize, Scene.QuietColor, "center"));
            }

            if (frame.ColorBar is { } bar && bar.Scale.Title.Length > 0)
            {
                // Plotly.js would move a title of the bar itself no farther than past the nearest tick.
                JsonObject title = Named("scale", Text(scene, bar.Scale.Title, bar.TitleX, bar.Place.Top + (bar.Place.Height / 2), Scene.TickSize, Scene.TextColor, "center"));
                title["textangle"] = -90;
                annotations.Add((JsonNode)title);
            }

            foreach (PlacedLine line in MarkPlaces.Lines(frame))
            {
                shapes.Add((JsonNode)Shape(frame, line));
                if (line.Label.Length > 0)
                {
                    JsonObject label = Text(scene, line.Label, line.LabelX, line.LabelY, 12, line.Color, line.Horizontal ? "right" : "left");
                    label["bgcolor"] = Veil;
                    annotations.Add((JsonNode)label);
                }
            }

            foreach (PlacedNote note in MarkPlaces.Annotations(frame))
            {
                annotations.Add((JsonNode)Arrow(scene, note));
            }
        }

        layout["annotations"] = annotations;
        layout["shapes"] = shapes;
        return layout;
    }

    private static JsonObject Axis(AxisFrame axis, string anchor, double low, double high)
    {
        (double from, double to) = axis.PlotlyRange;
        bool shown = !axis.Range.Settings.Hidden;
        return new JsonObject
        {
            ["type"] = axis.Range.Log ? "log" : "linear",
            ["anchor"] = anchor,
            ["domain"] = new JsonArray(low, high),
            ["range"] = new JsonArray(from, to),
            ["autorange"] = false,
            ["visible"] = shown,
            ["title"] = new JsonObject { ["text"] = axis.ShowsTitle ? PlotlyTrace.Text(axis.Range.Settings.Title) : "", ["standoff"] = 8, ["font"] = Font(Scene.AxisTitleSize, Scene.TextColor) },
            ["tickmode"] = "array",
            ["tickvals"] = PlotlyTrace.Numbers(axis.Ticks.Select(tick => tick.Value)),
            ["ticktext"] = new JsonArray([.. axis.Ticks.Select(tick => JsonValue.Create(PlotlyTrace.Text(tick.Text)))]),
            ["tickangle"] = axis.TickAngle,
            ["tickfont"] = Font(Scene.TickSize, Scene.TextColor),
            ["ticks"] = "outside",
            ["ticklen"] = 4,
            ["tickcolor"] = Scene.AxisColor,
            ["showgrid"] = axis.Range.Labels is null,
            ["gridcolor"] = Scene.GridColor,
            ["zeroline"] = false,
            ["showline"] = true,
            ["linecolor"] = Scene.AxisColor,
            ["automargin"] = false,
            ["scaleanchor"] = false, // else plotly.js shrinks the panel of an image until its pixels are square to the last digit
        };
    }

    private static JsonObject Shape(PanelFrame frame, PlacedLine line) => new()
    {
        ["type"] = "line",
        ["xref"] = "x" + frame.Suffix + (line.Horizontal ? " domain" : ""),
        ["yref"] = "y" + frame.Suffix + (line.Horizontal ? "" : " domain"),
        ["x0"] = line.Horizontal ? 0 : PlotlyTrace.Number(line.At),
        ["x1"] = line.Horizontal ? 1 : PlotlyTrace.Number(line.At),
        ["y0"] = line.Horizontal ? PlotlyTrace.Number(line.At) : 0,
        ["y1"] = line.Horizontal ? PlotlyTrace.Number(line.At) : 1,
        ["line"] = new JsonObject { ["color"] = line.Color, ["width"] = MarkPlaces.LineWidth, ["dash"] = "dash" },
    };

    private static JsonObject Text(Scene scene, string text, double x, double y, double size, string color, string anchor, bool bold = false) => new()
    {
        ["text"] = bold ? $"<b>{PlotlyTrace.Text(text)}</b>" : PlotlyTrace.Text(text),
        ["xref"] = "paper",
        ["yref"] = "paper",
        ["x"] = X(scene, x),
        ["y"] = Y(scene, y),
        ["xanchor"] = anchor,
        ["yanchor"] = "middle",
        ["align"] = "left",
        ["showarrow"] = false,
        ["borderpad"] = 0,
        ["font"] = Font(size, color),
    };

    // plotly.js keeps a name without using it: it tells the figure's title, its message and the title of its colour bar from the notes in the chart.
    private static JsonObject Named(string name, JsonObject annotation)
    {
        annotation["name"] = name;
        return annotation;
    }

    private static JsonObject Arrow(Scene scene, PlacedNote note)
    {
        JsonObject arrow = Text(scene, note.Text, note.X, note.Y, 12, Scene.TextColor, note.Anchor switch { "start" => "left", "end" => "right", _ => "center" });
        (arrow["showarrow"], arrow["ax"], arrow["ay"]) = (true, note.TextX - note.X, note.TextY - note.Y);
        (arrow["arrowhead"], arrow["arrowsize"], arrow["arrowwidth"], arrow["arrowcolor"], arrow["standoff"]) = (2, 0.8, 1.2, Scene.QuietColor, 3);
        (arrow["borderpad"], arrow["bgcolor"]) = (MarkPlaces.NotePadding, Veil);
        return arrow;
    }

    private static JsonObject Font(double size, string color, string? family = null)
    {
        JsonObject font = new() { ["size"] = size, ["color"] = color };
        if (family is not null)
        {
            font["family"] = family;
        }

        return font;
    }

    private static double X(Scene scene, double pixel) => Math.Round(pixel / scene.Width, 6);

    private static double Y(Scene scene, double pixel) => Math.Round(1 - (pixel / scene.Height), 6);
}
