using System.Text.Json.Nodes;
using CourseLib.Notebooks.Running;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace CourseLib.Polyglot.Tests.Hosting;

/// <summary>What a cell left: outputs in nbformat's form, as the editors save them.</summary>
internal sealed class RealCell
{
    private readonly Lock gate = new();
    private readonly CellOutputs outputs = new(1);
    private readonly Dictionary<string, JsonNode> shown = [];

    /// <summary>The outputs; one that was updated stands once, as it was last.</summary>
    public JsonArray Outputs => outputs.Outputs;

    /// <summary>Why the cell failed, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>Every value that was put in an earlier one's place.</summary>
    public List<string> Updates { get; } = [];

    /// <summary>The texts of one MIME type, in order.</summary>
    public IReadOnlyList<string> Texts(string mimeType) =>
        [.. Outputs.Select(output => Notebooks.Format.NotebookText.Join(output?["data"]?[mimeType])).Where(text => text.Length > 0)];

    /// <summary>The MIME types of each output that is a value.</summary>
    public IReadOnlyList<string[]> MimeTypes => [.. Outputs.Select(output => output?["data"]).OfType<JsonObject>().Select(data => data.Select(pair => pair.Key).ToArray())];

    /// <summary>Notes a failure; the first counts.</summary>
    public void Fail(string? error) => Error ??= error;

    /// <summary>Notes an event of the kernel.</summary>
    public void Add(KernelEvent kernelEvent)
    {
        lock (gate)
        {
            switch (kernelEvent)
            {
                case DisplayedValueUpdated updated when shown.TryGetValue(updated.ValueId ?? "", out JsonNode? place):
                    Updates.Add(updated.FormattedValues.First().Value);
                    place["data"] = Bundle(updated.FormattedValues);
                    break;
                case DisplayedValueProduced displayed:
                    outputs.Display(Bundle(displayed.FormattedValues));
                    if (displayed.ValueId is { } id)
                    {
                        shown[id] = Outputs[^1]!;
                    }

                    break;
                case ReturnValueProduced returned:
                    outputs.Result(Bundle(returned.FormattedValues));
                    break;
                case StandardOutputValueProduced output:
                    outputs.Stream("stdout", string.Concat(output.FormattedValues.Select(value => value.Value)));
                    break;
                case StandardErrorValueProduced error:
                    outputs.Stream("stderr", string.Concat(error.FormattedValues.Select(value => value.Value)));
                    break;
                case CommandSucceeded:
                    outputs.EndStream();
                    break;
                case CommandFailed failed:
                    outputs.EndStream();
                    Fail($"{failed.Message}\n{failed.Exception}");
                    break;
            }
        }
    }

    private static JsonObject Bundle(IEnumerable<FormattedValue> values) =>
        new(values.Select(value => KeyValuePair.Create(value.MimeType, (JsonNode?)JsonValue.Create(value.Value))));
}
