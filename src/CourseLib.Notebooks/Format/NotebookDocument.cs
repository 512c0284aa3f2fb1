using System.Text;
using System.Text.Json.Nodes;

namespace CourseLib.Notebooks.Format;

/// <summary>
/// A notebook file (nbformat 4). The JSON tree is the document: fields, metadata and attachments that nothing here knows
/// stay as they are, in their order, so that reading and writing a file changes only what somebody changed.
/// </summary>
public sealed class NotebookDocument
{
    private readonly NotebookStyle style;

    internal NotebookDocument(JsonObject root, IReadOnlyList<NotebookCell> cells, NotebookStyle style)
    {
        Root = root;
        Cells = cells;
        this.style = style;
    }

    /// <summary>The whole file.</summary>
    public JsonObject Root { get; }

    /// <summary>The cells, in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The code cells, in order.</summary>
    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.Kind == CellKind.Code);

    /// <summary>The first level-one heading of the notebook's text, or null where it has none.</summary>
    public string? Title => Cells
        .Where(cell => cell.Kind == CellKind.Markdown)
        .SelectMany(cell => cell.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();

    /// <summary>Reads a file.</summary>
    /// <exception cref="NotebookException">The file is missing or is no notebook: the message says where and what was expected.</exception>
    public static NotebookDocument Read(string path)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"{path}: the notebook cannot be read: {e.Message}", e);
        }

        return NotebookReader.Read(content, path);
    }

    /// <summary>Reads text; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="NotebookException">The text is no notebook.</exception>
    public static NotebookDocument Parse(string json, string name = "notebook") => NotebookReader.Read(Encoding.UTF8.GetBytes(json), name);

    /// <summary>The text of the file: indentation, line ends and the end of the file are those that were read.</summary>
    public string ToJson() => NotebookWriter.Write(Root, style);

    /// <summary>Writes the file as UTF-8.</summary>
    public void Write(string path) => File.WriteAllText(path, ToJson());

    /// <summary>A copy that shares nothing with this one.</summary>
    public NotebookDocument Clone() => NotebookReader.From((JsonObject)Root.DeepClone(), style, "copy");
}
