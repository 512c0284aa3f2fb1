using System.Text.RegularExpressions;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Exercises;

/// <summary>The checks that a notebook's code asks for, run or not: what makes it an exercise notebook.</summary>
internal static partial class ExerciseCalls
{
    /// <summary>The names of the exercises, in order, each once.</summary>
    public static IEnumerable<string> In(NotebookDocument notebook) =>
        notebook.CodeCells.SelectMany(In).Distinct();

    /// <summary>The names of the exercises in one cell.</summary>
    public static IEnumerable<string> In(NotebookCell cell) =>
        cell.Source.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).SelectMany(line => Call().Matches(line)).Select(match => match.Groups["id"].Value);

    [GeneratedRegex("""\bExercise\s*\.\s*Check\(\s*"(?<id>[^"]*)["]""", RegexOptions.CultureInvariant)]
    private static partial Regex Call();
}
