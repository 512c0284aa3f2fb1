using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Templates;

/// <summary>Makes the files of a new notebook, claim or exercise: small, complete, and passing every check as they are. Nothing that is there is overwritten.</summary>
/// <param name="course">Where.</param>
internal sealed partial class CourseTemplates(CourseFolder course)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A lecture notebook: title, package, one measurement with its chart. It is added to the ledger's list.</summary>
    /// <returns>The files that were written.</returns>
    /// <exception cref="NotebookException">The name does not fit, or is taken.</exception>
    public IReadOnlyList<string> Notebook(string name, string title)
    {
        Demand(NotebookNames().IsMatch(name), $"expected a name such as 19-attention: two digits, then words in small letters with hyphens; got \"{name}\"");
        string path = Path.Combine(course.Notebooks, name + ".ipynb");
        Demand(!File.Exists(path), $"there is {path} already");
        JsonObject ledger = Ledger();
        JsonArray notebooks = ledger["notebooks"]!.AsArray();
        Demand(notebooks.All(other => (string?)other != name), $"the ledger lists \"{name}\" already");
        notebooks.Add(name);
        string[] sorted = [.. notebooks.Select(other => (string)other!).Order(StringComparer.Ordinal)];
        ledger["notebooks"] = new JsonArray([.. sorted.Select(other => (JsonNode)other)]);

        Cells(name, TemplateText.Notebook(title, CourseVersion.Read(course), name[..2])).Write(path);
        Write(ledger);
        return [path, course.Ledger];
    }

    /// <summary>A claim: its entry in the ledger, and a cell at the notebook's end that verifies it with a control.</summary>
    /// <returns>The files that were written.</returns>
    /// <exception cref="NotebookException">The id does not fit or is taken, or there is no such notebook or lecture.</exception>
    public IReadOnlyList<string> Claim(string id, string notebook, string source)
    {
        Demand(Ids().IsMatch(id), $"expected an id such as bn.mean-shift: topic, a point, words in small letters with hyphens; got \"{id}\"");
        string path = course.Resolve([notebook])[0], name = NotebookName.Of(path);
        JsonObject ledger = Ledger();
        Demand(ledger["claims"]!.AsArray().All(claim => (string?)claim!["id"] != id), $"the ledger has \"{id}\" already");
        string[] lectures = [.. ledger["lectures"]!.AsObject().Select(lecture => lecture.Key)];
        Demand(source.Split(": ", 2) is [var key, { Length: > 0 }] && lectures.Contains(key), $"--source: expected \"lecture: heading of the slide\" with one of {string.Join(", ", lectures)}; got \"{source}\"");
        ledger["claims"]!.AsArray().Add(new JsonObject { ["id"] = id, ["notebook"] = name, ["sources"] = new JsonArray(source), ["claim"] = "in one sentence: what is stated", ["show"] = "what the cell measures" });

        Append(path, TemplateText.Claim(id));
        Write(ledger);
        return [course.Ledger, path];
    }

    /// <summary>An exercise: its grader with a bank of wrong answers, the cells in the solutions, the student's notebook made from them.</summary>
    /// <returns>The files that were written.</returns>
    /// <exception cref="NotebookException">The id does not fit or is taken, or there is no such notebook.</exception>
    public IReadOnlyList<string> Exercise(string id, string notebook)
    {
        Demand(Ids().IsMatch(id), $"expected an id such as bn.moving-mean: topic, a point, words in small letters with hyphens; got \"{id}\"");
        Demand(!CourseLib.Course.Exercise.All.Contains(id), $"there is an exercise \"{id}\" already");
        string lecture = NotebookName.Of(course.Resolve([notebook])[0]);
        Demand(lecture.Length > 3 && char.IsAsciiDigit(lecture[0]), $"expected a lecture notebook, got \"{lecture}\"");
        string folder = Pascal(lecture[3..]), type = Pascal(id);
        string grader = Path.Combine(course.Root, "src", "CourseLib", "Course", "Exercises", folder, type + ".cs");
        Demand(!File.Exists(grader), $"there is {grader} already");

        string solutions = Path.Combine(course.Solutions, lecture + ".ipynb");
        Directory.CreateDirectory(course.Solutions);
        if (File.Exists(solutions))
        {
            Append(solutions, TemplateText.Exercise(id, type));
        }
        else
        {
            Cells(lecture, [.. TemplateText.Solutions(lecture, CourseVersion.Read(course)), .. TemplateText.Exercise(id, type)]).Write(solutions);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(grader)!);
        File.WriteAllText(grader, TemplateText.Grader(id, lecture, folder, type));
        ExercisesCommand.Derive(course.Solutions, course.Exercises, check: false, TextWriter.Null);
        string exercises = Path.Combine(course.Exercises, lecture + ".ipynb"), link = Derivation.LinkTo(NotebookDocument.Read(exercises), lecture), page = Path.Combine(course.Notebooks, lecture + ".ipynb");
        if (!NotebookDocument.Read(page).Cells.Any(cell => cell.Source.Contains($"(exercises/{lecture}.ipynb)", StringComparison.Ordinal)))
        {
            Append(page, [(false, link)]);
        }

        return [grader, solutions, exercises];
    }

    /// <summary><c>bn.moving-mean</c> as <c>BnMovingMean</c>.</summary>
    internal static string Pascal(string name) => string.Concat(name.Split('-', '.').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static void Demand(bool condition, string fault)
    {
        if (!condition)
        {
            throw new NotebookException($"new: {fault}");
        }
    }

    private static NotebookDocument Cells(string name, IReadOnlyList<(bool IsCode, string Text)> cells)
    {
        NotebookBuilder builder = new();
        foreach ((bool isCode, string text) in cells)
        {
            _ = isCode ? builder.Code(text) : builder.Markdown(text);
        }

        return NotebookDocument.Parse(builder.Build().ToJson(), name);
    }

    // The new cells' ids come from their texts and places, so they differ from those that are there.
    private static void Append(string path, IReadOnlyList<(bool IsCode, string Text)> cells)
    {
        NotebookDocument notebook = NotebookDocument.Read(path);
        HashSet<string?> ids = [.. notebook.Cells.Select(cell => cell.Id)];
        JsonArray all = notebook.Root["cells"]!.AsArray();
        foreach (NotebookCell cell in Cells(path, cells).Cells)
        {
            JsonObject node = (JsonObject)cell.Node.DeepClone();
            for (int i = 2; !ids.Add((string?)node["id"]); i++)
            {
                node["id"] = FormattableString.Invariant($"{cell.Id}-{i}");
            }

            all.Add((JsonNode)node);
        }

        notebook.Write(path);
    }

    private JsonObject Ledger() => JsonNode.Parse(File.ReadAllText(course.Ledger))!.AsObject();

    private void Write(JsonObject ledger) => File.WriteAllText(course.Ledger, ledger.ToJsonString(Layout) + "\n");

    [GeneratedRegex(@"^\d\d-[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex NotebookNames();

    [GeneratedRegex(@"^[a-z][a-z0-9]*\.[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Ids();
}
