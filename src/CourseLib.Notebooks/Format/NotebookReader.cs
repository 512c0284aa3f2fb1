using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

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

        // Checked here once: the JSON reader lets bytes through that fail where somebody first asks for the text.
        int valid = Utf8Length(content);
        if (valid < content.Length)
        {
            throw new NotebookException(FormattableString.Invariant($"{name}: not a notebook: expected JSON in UTF-8, found byte 0x{content[valid]:X2} at {valid}, which is none"));
        }

        JsonNode? root;
        try
        {
            root = JsonNode.Parse(content, documentOptions: Strict);
        }
        catch (JsonException e)
        {
            string place = content.IsEmpty ? "" : e.LineNumber is { } line ? $" (line {line + 1}, byte {e.BytePositionInLine + 1})" : "";
            string reason = content.IsEmpty ? "the file is empty" : e.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0];
            throw new NotebookException($"{name}: not a notebook: expected JSON{place}: {reason}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new NotebookException($"{name}: not a notebook: a field's name has half a surrogate pair; expected text", e);
        }

        return root is JsonObject notebook
            ? From(notebook, NotebookStyle.Of(content), name)
            : throw new NotebookException($"{name}: not a notebook: expected a JSON object, found {Describe(root)}");
    }

    public static NotebookDocument From(JsonObject root, NotebookStyle style, string name)
    {
        if (root["nbformat"] is not JsonValue version || !version.TryGetValue<int>(out int major))
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

        string? type = NotebookText.Of(cell["cell_type"]);
        CellKind? kind = type switch { "code" => CellKind.Code, "markdown" => CellKind.Markdown, "raw" => CellKind.Raw, _ => null };
        if (kind is null)
        {
            throw new NotebookException($"{name}: cells[{index}].cell_type: expected \"code\", \"markdown\" or \"raw\", found {Describe(cell["cell_type"])}");
        }

        JsonNode? source = cell["source"];
        if (NotebookText.Of(source) is null && !(source is JsonArray lines && lines.All(line => NotebookText.Of(line) is not null)))
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

        Demand("id", cell["id"] is null || NotebookText.Of(cell["id"]) is not null, "a string");
        Demand("metadata", cell["metadata"] is null or JsonObject, "a JSON object");
        if (kind == CellKind.Code)
        {
            Demand("outputs", cell["outputs"] is null or JsonArray, "a list");
            Demand("execution_count", cell["execution_count"] is null || (cell["execution_count"] is JsonValue count && count.TryGetValue<int>(out _)), "a number or null");
        }

        return new(cell, index, kind.Value);
    }

    /// <summary>How many of the first bytes are UTF-8.</summary>
    private static int Utf8Length(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return bytes.Length;
        }

        int good = 0;
        while (Rune.DecodeFromUtf8(bytes[good..], out _, out int length) == OperationStatus.Done)
        {
            good += length;
        }

        return good;
    }

    private static string Describe(JsonNode? node)
    {
        string found = node is null ? "nothing" : NotebookWriter.Write(node, new(0, "", false));
        return found.Length <= 60 ? found : found[..60] + "…";
    }
}
