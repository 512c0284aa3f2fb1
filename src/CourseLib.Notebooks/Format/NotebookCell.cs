using System.Text.Json.Nodes;

namespace CourseLib.Notebooks.Format;

/// <summary>A view of one cell. It owns nothing: whatever it changes is changed in the notebook's JSON, and what it does not know stays there.</summary>
public sealed class NotebookCell
{
    private readonly JsonObject node;

    internal NotebookCell(JsonObject node, int index, CellKind kind)
    {
        this.node = node;
        Index = index;
        Kind = kind;
    }

    /// <summary>The cell's JSON object, with every field that the file has.</summary>
    public JsonObject Node => node;

    /// <summary>The place in the notebook's <c>cells</c>, from 0.</summary>
    public int Index { get; }

    /// <summary>Code, Markdown or raw.</summary>
    public CellKind Kind { get; }

    /// <summary>The cell id (nbformat 4.5), or null where an older file has none.</summary>
    public string? Id => (string?)node["id"];

    /// <summary>The cell's metadata, or null where it has none.</summary>
    public JsonObject? Metadata => node["metadata"] as JsonObject;

    /// <summary>The language kernel that the cell is written for, such as <c>csharp</c>; null where the metadata do not say.</summary>
    public string? KernelName => Name("polyglot_notebook", "kernelName") ?? Name("dotnet_interactive", "language");

    /// <summary>The text of the cell as one string. A file may keep it as a string or as a list of lines; setting it keeps the form.</summary>
    public string Source
    {
        get => NotebookText.Join(node["source"]);
        set => node["source"] = node["source"] is JsonArray ? NotebookText.Lines(value) : JsonValue.Create(value);
    }

    /// <summary>The outputs of a code cell in nbformat's form (<c>stream</c>, <c>display_data</c>, <c>execute_result</c>, <c>error</c>); empty for other cells.</summary>
    public JsonArray Outputs
    {
        get => node["outputs"] as JsonArray ?? [];
        set => node["outputs"] = value;
    }

    /// <summary>The number that a host shows beside the cell, or null for a cell that has not run.</summary>
    public int? ExecutionCount
    {
        get => (int?)node["execution_count"];
        set => node["execution_count"] = value;
    }

    /// <summary>Removes outputs and number of a code cell; other cells have none.</summary>
    /// <returns>Whether there was something to remove.</returns>
    public bool Clear()
    {
        if (Kind != CellKind.Code || (Outputs.Count == 0 && node["execution_count"] is null))
        {
            return false;
        }

        Outputs = [];
        ExecutionCount = null;
        return true;
    }

    private string? Name(string section, string field) => NotebookText.Of((Metadata?[section] as JsonObject)?[field]);
}
