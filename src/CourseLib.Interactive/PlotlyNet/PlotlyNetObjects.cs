using System.Text.Json;
using System.Text.Json.Nodes;
using DynamicObj;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace CourseLib.Interactive.PlotlyNet;

/// <summary>
/// plotly.js properties as Plotly.NET's objects. Those are property bags with a class for each part of the schema, and the styling methods add to a part only if it has its class:
/// on a marker that is a bare bag, WithMarkerStyle would begin anew and lose what was there.
/// </summary>
internal static class PlotlyNetObjects
{
    private static readonly Dictionary<string, Func<DynamicObj.DynamicObj>> Parts = new()
    {
        ["colorbar"] = () => new ColorBar(),
        ["contours"] = () => new Contours(),
        ["error_x"] = () => new Error(),
        ["error_y"] = () => new Error(),
        ["font"] = () => new Font(),
        ["legend"] = () => new Legend(),
        ["line"] = () => new Line(),
        ["margin"] = () => new Margin(),
        ["marker"] = () => new Marker(),
        ["textfont"] = () => new Font(),
        ["tickfont"] = () => new Font(),
        ["title"] = () => new Title(),
        ["xaxis"] = () => new LinearAxis(),
        ["yaxis"] = () => new LinearAxis(),
    };

    /// <summary>Puts every property of <paramref name="json"/> into <paramref name="target"/>.</summary>
    public static T Fill<T>(T target, JsonObject json)
        where T : DynamicObj.DynamicObj
    {
        foreach ((string name, JsonNode? value) in json)
        {
            target.SetValue(name, Value(name, value));
        }

        return target;
    }

    private static object? Value(string name, JsonNode? node) => (name, node) switch
    {
        (_, null) => null,
        ("annotations", JsonArray list) => list.Select(item => Fill(new Annotation(), item!.AsObject())).ToArray(),
        ("shapes", JsonArray list) => list.Select(item => Fill(new Shape(), item!.AsObject())).ToArray(),
        (_, JsonArray list) => Array(list),
        // Axes and legends are numbered: xaxis2.
        (_, JsonObject part) => Fill(Parts.TryGetValue(name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), out Func<DynamicObj.DynamicObj>? make) ? make() : new DynamicObj.DynamicObj(), part),
        (_, JsonValue value) => Scalar(value),
        _ => throw new InvalidOperationException($"ToPlotlyNet: {name} is a {node.GetValueKind()}"),
    };

    // Arrays of one kind, as somebody who reads them back from the trace expects.
    private static object Array(JsonArray list)
    {
        object?[] items = [.. list.Select(item => Value("", item))];
        return items.All(item => item is string) ? items.Cast<string>().ToArray()
            : items.All(item => item is int or double) ? items.Select(item => Convert.ToDouble(item, null)).ToArray()
            : items;
    }

    // Whole numbers as int: Plotly.NET asks for a width as int, and finds nothing where it is a double.
    private static object Scalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ when value.TryGetValue(out int whole) => whole,
        _ => value.GetValue<double>(),
    };
}
