using System.Text.Json;
using System.Text.Json.Nodes;
using CourseLib.Notebooks.Claims;

namespace CourseLib.Notebooks.Running;

/// <summary>The report of a run for other programs: <c>{"notebooks": […], "claims": […], "summary": {…}}</c>.</summary>
internal static class RunReport
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the report; <c>failed</c> counts the cells that failed, or is 1 for a notebook that could not run or was not finished; <c>skipped</c> is there for one that was, with the reason.</summary>
    public static void Write(string path, IReadOnlyList<ExecutedNotebook> notebooks, ClaimAudit audit)
    {
        JsonObject report = new()
        {
            ["notebooks"] = new JsonArray([.. notebooks.Select(Notebook)]),
            ["claims"] = new JsonArray([.. audit.Claims.Select(claim => new JsonObject
            {
                ["id"] = claim.Id,
                ["notebook"] = claim.Notebook,
                ["holds"] = claim.Holds,
                ["expected"] = claim.Expected,
                ["measured"] = claim.Measured,
                ["control"] = claim.Control,
            })]),
            ["summary"] = new JsonObject { ["notebooks"] = notebooks.Count, ["claims"] = audit.Claims.Count, ["holding"] = audit.Holding },
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, report.ToJsonString(Layout) + "\n");
    }

    private static JsonObject Notebook(ExecutedNotebook notebook)
    {
        JsonObject json = new()
        {
            ["name"] = notebook.Name,
            ["cells"] = notebook.Cells.Count,
            ["failed"] = !notebook.Failed ? 0 : Math.Max(1, notebook.Cells.Count(cell => cell.Status is CellStatus.Failed or CellStatus.TimedOut)),
            ["seconds"] = Math.Round(notebook.Seconds, 3),
        };
        if (notebook.Skipped is not null)
        {
            json["skipped"] = notebook.Skipped;
        }

        return json;
    }

    /// <summary>The seconds by notebook of an earlier report; empty where there is none that can be read.</summary>
    public static IReadOnlyDictionary<string, double> Seconds(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path))?["notebooks"]?.AsArray()
                .Where(notebook => (int?)notebook?["failed"] == 0)
                .ToDictionary(notebook => (string)notebook!["name"]!, notebook => (double)notebook!["seconds"]!) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return new Dictionary<string, double>();
        }
    }
}
