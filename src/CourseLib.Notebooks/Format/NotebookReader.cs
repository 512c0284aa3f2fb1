using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseLib.Notebooks.Format;

/// <summary>Makes a document of bytes and checks what everything else relies on; what it does not check may be anything.</summary>
internal static class NotebookReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static NotebookDocument Read(ReadOnlySpan<byte> content, string name)
    {
        if (content.StartsWith("\uFEFF"u8))
        {
            content = content[3..];
        }

        JsonNode? root;
        try
        {
            root = JsonNode.Parse(content, documentOptions: Strict);
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $" (line {line + 1}, byte {e.BytePositionInLine + 1})" : "";
            throw new NotebookException($"{name}: not a notebook: expected JSON{place}: {e.Message}", e);
        }

        return root is JsonObject notebook
            ? From(notebook, NotebookStyle.Of(content), name)
            : throw new NotebookException($"{name}: not a notebook: expected a JSON object, found {Describe(root)}");
    }

    public static NotebookDocument From(JsonObject root, NotebookStyle style, string name)
    {
        if (root["nbformat"] is not JsonValue version || !version.TryGetValue<int>(out var major))
        {
            throw new NotebookException($"{name}: nbformat: expected the number 4, found {Describe(root["nbformat"])}");
        }

        if (major != 4)
        {
            throw new NotebookException($"{name}: nbformat: expected 4, found {major}; convert it with a current notebook editor");
        }

        if (root["cells"] is not JsonArray list)
        {
            throw new NotebookException($"{name}: cells: expected a list, found {Describe(root["cells"])}");
        }

        return new(root, [.. list.Select((cell, index) => Cell(cell, index, name))], style);
    }

    private static NotebookCell Cell(JsonNode? node, int index, string name)
    {
        if (node is not JsonObject cell)
        {
            throw new NotebookException($"{name}: cells[{index}]: expected a JSON object, found {Describe(node)}");
        }

        var type = Text(cell["cell_type"]);
        CellKind? kind = type switch { "code" => CellKind.Code, "markdown" => CellKind.Markdown, "raw" => CellKind.Raw, _ => null };
        if (kind is null)
        {
            throw new NotebookException($"{name}: cells[{index}].cell_type: expected \"code\", \"markdown\" or \"raw\", found {Describe(cell["cell_type"])}");
        }

        var source = cell["source"];
        if (Text(source) is null && !(source is JsonArray lines && lines.All(line => Text(line) is not null)))
        {
            throw new NotebookException($"{name}: cells[{index}].source: expected a string or a list of strings, found {Describe(source)}");
        }

        void Demand(string field, bool fits, string expected)
        {
            if (!fits)
            {
                throw new NotebookException($"{name}: cells[{index}].{field}: expected {expected}, found {Describe(cell[field])}");
            }
        }

        Demand("id", cell["id"] is null || Text(cell["id"]) is not null, "a string");
        Demand("metadata", cell["metadata"] is null or JsonObject, "a JSON object");
        if (kind == CellKind.Code)
        {
            Demand("outputs", cell["outputs"] is null or JsonArray, "a list");
            Demand("execution_count", cell["execution_count"] is null || (cell["execution_count"] is JsonValue count && count.TryGetValue<int>(out _)), "a number or null");
        }

        return new(cell, index, kind.Value);
    }

    private static string? Text(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair: JSON allows its escape, text does not
        }
    }

    private static string Describe(JsonNode? node)
    {
        var found = node is null ? "nothing" : NotebookWriter.Write(node, new(0, "", false));
        return found.Length <= 60 ? found : found[..60] + "…";
    }
}
