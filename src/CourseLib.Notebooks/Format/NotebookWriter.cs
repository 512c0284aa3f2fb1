using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseLib.Notebooks.Format;

/// <summary>
/// Writes JSON as Jupyter does. <see cref="Utf8JsonWriter"/> cannot: every encoder it has escapes characters outside the
/// basic plane, and a value that nobody touched has to come out as it was read, escapes and number formats included.
/// </summary>
internal static class NotebookWriter
{
    public static string Write(JsonNode root, NotebookStyle style)
    {
        StringBuilder text = new();
        Node(text, root, style, 0);
        return style.FinalNewLine ? text.Append(style.NewLine).ToString() : text.ToString();
    }

    private static void Node(StringBuilder text, JsonNode? node, NotebookStyle style, int depth)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject { Count: 0 }:
                text.Append("{}");
                break;
            case JsonArray { Count: 0 }:
                text.Append("[]");
                break;
            case JsonObject members:
                text.Append('{');
                bool first = true;
                foreach ((string? name, JsonNode? value) in members)
                {
                    Separate(text, style, depth + 1, ref first);
                    Quote(text, name);
                    text.Append(": ");
                    Node(text, value, style, depth + 1);
                }

                Break(text, style, depth);
                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                bool head = true;
                foreach (JsonNode? item in items)
                {
                    Separate(text, style, depth + 1, ref head);
                    Node(text, item, style, depth + 1);
                }

                Break(text, style, depth);
                text.Append(']');
                break;
            case JsonValue value when value.TryGetValue<JsonElement>(out JsonElement read):
                text.Append(read.GetRawText());
                break;
            case JsonValue value when value.TryGetValue<string>(out string? made):
                Quote(text, made);
                break;
            default:
                text.Append(node.ToJsonString());
                break;
        }
    }

    private static void Separate(StringBuilder text, NotebookStyle style, int depth, ref bool first)
    {
        if (!first)
        {
            text.Append(',');
        }

        first = false;
        Break(text, style, depth);
    }

    private static void Break(StringBuilder text, NotebookStyle style, int depth) => text.Append(style.NewLine).Append(' ', style.Indent * depth);

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
