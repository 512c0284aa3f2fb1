using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseLib.Course;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Exercises;

/// <summary>What a check of an exercise left in a cell's outputs.</summary>
/// <param name="Id">The exercise.</param>
/// <param name="State">How far it is.</param>
/// <param name="Misconception">The wrong idea that was recognised, or empty.</param>
internal sealed partial record ExerciseRecord(string Id, ExerciseState State, string Misconception)
{
    /// <summary>The checks in a notebook's outputs; of an exercise that was checked several times, the last. A check whose cell does not compile, because the answer does not, is one without an answer.</summary>
    public static IReadOnlyList<ExerciseRecord> Read(NotebookDocument notebook) =>
        [.. notebook.CodeCells.SelectMany(cell => Read(cell.Outputs).Concat(Failed(cell))).GroupBy(record => record.Id).Select(group => group.Last())];

    /// <summary>The checks in one cell's outputs.</summary>
    public static IEnumerable<ExerciseRecord> Read(JsonArray outputs) =>
        outputs.SelectMany(output => Element().Matches(NotebookText.Join(output?["data"]?["text/html"]))).Select(match =>
            new ExerciseRecord(Value(match, "id"), Enum.TryParse(Value(match, "state"), out ExerciseState state) ? state : ExerciseState.Broken, Value(match, "idea")));

    private static IEnumerable<ExerciseRecord> Failed(NotebookCell cell) =>
        cell.Outputs.Any(output => (string?)output?["output_type"] == "error") ? ExerciseCalls.In(cell).Except(Read(cell.Outputs).Select(record => record.Id)).Select(id => new ExerciseRecord(id, ExerciseState.Broken, "")) : [];

    private static string Value(Match match, string group) => WebUtility.HtmlDecode(match.Groups[group].Value);

    // Written by ExerciseResult.ToHtml; angle brackets and quotes inside the attributes are escaped there.
    [GeneratedRegex("""<div class="courselib-exercise" data-exercise="(?<id>[^"]*)" data-state="(?<state>[^"]*)" data-passed="[^"]*" data-misconception="(?<idea>[^"]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Element();
}
