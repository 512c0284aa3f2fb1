using System.Text;
using System.Text.Json.Nodes;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Kernel;

namespace CourseLib.Notebooks.Running;

/// <summary>Collects the outputs of one cell in nbformat's form.</summary>
internal sealed class CellOutputs(int number) : IKernelOutputs
{
    private string? stream;
    private readonly StringBuilder text = new();

    /// <summary>The outputs so far.</summary>
    public JsonArray Outputs { get; } = [];

    public void Stream(string name, string text)
    {
        if (stream != name)
        {
            EndStream();
            stream = name;
        }

        this.text.Append(text);
    }

    public void Display(JsonObject bundle)
    {
        EndStream();
        Outputs.Add(new JsonObject { ["data"] = Lined(bundle), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" });
    }

    public void Result(JsonObject bundle)
    {
        EndStream();
        Outputs.Add(new JsonObject { ["data"] = Lined(bundle), ["execution_count"] = number, ["metadata"] = new JsonObject(), ["output_type"] = "execute_result" });
    }

    /// <summary>Adds why the cell failed.</summary>
    public void Error(CellError error)
    {
        EndStream();
        string place = error.Line is { } line ? FormattableString.Invariant($"cell [{number}], line {line}: ") : FormattableString.Invariant($"cell [{number}]: ");
        Outputs.Add(new JsonObject { ["ename"] = error.Name, ["evalue"] = error.Message, ["output_type"] = "error", ["traceback"] = NotebookText.Lines($"{place}{error.Name}: {error.Message}") });
    }

    /// <summary>Closes the stream that is being collected; call when the cell has ended.</summary>
    public void EndStream()
    {
        if (stream is not null && text.Length > 0)
        {
            Outputs.Add(new JsonObject { ["name"] = stream, ["output_type"] = "stream", ["text"] = NotebookText.Lines(AsOnTerminal(text.ToString())) });
        }

        stream = null;
        text.Clear();
    }

    /// <summary>A carriage return goes back to the start of its line: of a progress bar drawn over and over, the last state is left.</summary>
    private static string AsOnTerminal(string text)
    {
        if (!text.Contains('\r'))
        {
            return text;
        }

        string[] lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return string.Join('\n', lines.Select(line => line.TrimEnd('\r').Split('\r')[^1]));
    }

    private static JsonObject Lined(JsonObject bundle)
    {
        foreach ((string? mime, JsonNode? value) in bundle.ToList())
        {
            if (value is JsonValue && !mime.EndsWith("json", StringComparison.Ordinal))
            {
                bundle[mime] = NotebookText.Lines((string)value!);
            }
        }

        return bundle;
    }
}
