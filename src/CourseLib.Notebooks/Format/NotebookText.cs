using System.Text;
using System.Text.Json.Nodes;

namespace CourseLib.Notebooks.Format;

/// <summary>nbformat's multi-line strings: one string, or a list of lines that keep their line ends.</summary>
public static class NotebookText
{
    /// <summary>The text of a <c>source</c>, of a stream's <c>text</c> or of a textual entry of <c>data</c>.</summary>
    public static string Join(JsonNode? text)
    {
        if (text is not JsonArray lines)
        {
            return (string?)text ?? "";
        }

        StringBuilder joined = new();
        foreach (JsonNode? line in lines)
        {
            joined.Append((string?)line);
        }

        return joined.ToString();
    }

    /// <summary>The text of a JSON string; null for anything else, half a surrogate pair included, whose escape JSON allows though no text can hold it.</summary>
    public static string? Of(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue<string>(out string? text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The list form: every line but the last ends with <c>\n</c>; no text is an empty list.</summary>
    public static JsonArray Lines(string text)
    {
        JsonArray lines = new();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(JsonValue.Create(text[start..end]));
            start = end;
        }

        return lines;
    }
}
