using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseLib.Polyglot.Tests.PlotlyNet;

/// <summary>Two JSON texts held against each other, property by property. Numbers are compared as numbers: 1 is 1.0.</summary>
internal sealed class JsonDifferences
{
    private readonly List<string> found = [];

    private JsonDifferences()
    {
    }

    /// <summary>What differs, each with its path.</summary>
    public IReadOnlyList<string> Found => found;

    /// <summary>How many values were compared.</summary>
    public int Compared { get; private set; }

    public static JsonDifferences Between(string expected, string actual)
    {
        JsonDifferences differences = new();
        differences.Compare("$", JsonNode.Parse(expected), JsonNode.Parse(actual));
        return differences;
    }

    private void Compare(string path, JsonNode? expected, JsonNode? actual)
    {
        switch (expected, actual)
        {
            case (JsonObject left, JsonObject right):
                foreach (string name in left.Select(property => property.Key).Union(right.Select(property => property.Key)))
                {
                    if (!left.ContainsKey(name) || !right.ContainsKey(name))
                    {
                        found.Add($"{path}.{name} is {(left.ContainsKey(name) ? "missing" : "not expected")}");
                        continue;
                    }

                    Compare($"{path}.{name}", left[name], right[name]);
                }

                break;
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                for (int i = 0; i < left.Count; i++)
                {
                    Compare(FormattableString.Invariant($"{path}[{i}]"), left[i], right[i]);
                }

                break;
            default:
                Compared++;
                if (!IsSame(expected, actual))
                {
                    found.Add($"{path}: expected {Short(expected)}, got {Short(actual)}");
                }

                break;
        }
    }

    private static bool IsSame(JsonNode? expected, JsonNode? actual) => (expected?.GetValueKind(), actual?.GetValueKind()) switch
    {
        (null, null) => true,
        (JsonValueKind.Number, JsonValueKind.Number) => expected!.GetValue<double>() == actual!.GetValue<double>(),
        (JsonValueKind.Object or JsonValueKind.Array, _) => false,
        var (left, right) => left == right && expected!.ToJsonString() == actual!.ToJsonString(),
    };

    private static string Short(JsonNode? node) => node?.ToJsonString() is not { } text ? "null" : text.Length > 80 ? text[..80] + "…" : text;
}
