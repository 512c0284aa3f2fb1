using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Exercises;

/// <summary>
/// Makes the student's notebook from the solution's: what stands between the lines <c>// &lt;solution&gt;</c> and <c>// &lt;/solution&gt;</c> of a cell gives way to a stub, cells tagged
/// <c>solution</c> are left out, there are no outputs, the title says "Exercises" in place of "Solutions", and the text under it leads to those.
/// </summary>
/// <remarks>The stub throws <see cref="Course.NotDoneYetException"/>; another one is written behind the mark: <c>// &lt;solution&gt; double? step = null;</c>.</remarks>
internal static partial class Derivation
{
    /// <summary>The tag of a cell that only the solutions have.</summary>
    public const string Tag = "solution";

    private const string Stub = "throw new NotDoneYetException(); // your code instead of this line";

    /// <summary>The student's notebook.</summary>
    /// <param name="solution">The solutions; not changed.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="NotebookException">A mark has no partner, or nothing is marked.</exception>
    public static NotebookDocument Of(NotebookDocument solution, string name)
    {
        NotebookDocument exercise = solution.Clone();
        int regions = 0;
        List<JsonNode> left = [];
        foreach (NotebookCell cell in exercise.Cells.Where(cell => !IsSolutionOnly(cell)))
        {
            cell.Clear();
            if (left.Count == 0 && cell.Kind == CellKind.Markdown)
            {
                cell.Source = Titled(cell.Source, NotebookName.Companion(name)?.Lecture ?? name);
            }

            if (cell.Kind == CellKind.Code)
            {
                cell.Source = Stubbed(cell.Source, $"{name}, cell {cell.Index + 1}", ref regions);
            }

            left.Add(cell.Node.DeepClone());
        }

        if (regions == 0)
        {
            throw new NotebookException($"{name}: no solution is marked; expected // <solution> and // </solution> around what the student writes");
        }

        exercise.Root["cells"] = new JsonArray([.. left]);
        return exercise.Clone();
    }

    /// <summary>The sentence that takes the reader of a lecture's notebook to its exercises.</summary>
    /// <param name="exercise">The student's notebook.</param>
    /// <param name="file">The name of its file, without the extension, which is the lecture's, too.</param>
    public static string LinkTo(NotebookDocument exercise, string file) => $"**Exercises**, which check themselves: [{exercise.Title}](exercises/{file}.ipynb).";

    // The title of solutions, with the way to them at the end of the text under it.
    private static string Titled(string text, string file) => Title().Match(text) is not { Success: true } ? text
        : $"{Title().Replace(text, "$1Exercises", 1).TrimEnd()} Everything solved: [{text[..(text + "\n").IndexOf('\n')].TrimStart('#', ' ')}](../solutions/{file}.ipynb).";

    private static bool IsSolutionOnly(NotebookCell cell) => cell.Metadata?["tags"] is JsonArray tags && tags.Any(tag => (string?)tag == Tag);

    private static string Stubbed(string source, string place, ref int regions)
    {
        List<string> lines = [];
        bool inside = false;
        foreach (string line in source.Split('\n'))
        {
            Match mark = Mark().Match(line);
            if (!mark.Success)
            {
                if (!inside)
                {
                    lines.Add(line);
                }

                continue;
            }

            bool opens = mark.Groups["end"].Length == 0;
            if (opens == inside)
            {
                throw new NotebookException($"{place}: {line.Trim()} {(opens ? "stands inside a solution" : "ends no solution")}");
            }

            inside = opens;
            if (opens)
            {
                string stub = mark.Groups["stub"].Value;
                lines.Add(mark.Groups["indent"].Value + (stub.Length > 0 ? stub : Stub));
                regions++;
            }
        }

        return inside ? throw new NotebookException($"{place}: // <solution> without // </solution>") : string.Join('\n', lines);
    }

    [GeneratedRegex(@"\A(#[^\n]*?\b)Solutions\b", RegexOptions.CultureInvariant)]
    private static partial Regex Title();

    [GeneratedRegex(@"^(?<indent>\s*)//\s*<(?<end>/?)solution>\s*(?<stub>.*?)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
