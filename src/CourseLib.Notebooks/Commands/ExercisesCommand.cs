using System.CommandLine;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Commands;

/// <summary><c>course exercises derive</c>: makes the students' notebooks from the solutions.</summary>
internal static class ExercisesCommand
{
    private static readonly Option<bool> Check = new("--check") { Description = "Change nothing; name what is not up to date and exit with 1 if there is any" };

    public static Command Create()
    {
        Command derive = new("derive", "Make notebooks/exercises from notebooks/solutions") { Check };
        derive.SetAction(line => Failures.Report(() =>
        {
            CourseFolder course = CourseFolder.Find();
            return Derive(course.Solutions, course.Exercises, line.GetValue(Check), Console.Out);
        }));
        return new("exercises", "The exercises and their solutions") { derive };
    }

    /// <summary>Derives every notebook of a folder, or with <paramref name="check"/> only names those that differ. An exercise without a solution is named, never deleted.</summary>
    /// <returns>The exit code.</returns>
    internal static int Derive(string solutions, string exercises, bool check, TextWriter writer)
    {
        int stale = 0;
        string[] sources = Directory.Exists(solutions) ? [.. Directory.EnumerateFiles(solutions, "*.ipynb").Order(StringComparer.Ordinal)] : [];
        foreach (string source in sources)
        {
            string target = Path.Combine(exercises, Path.GetFileName(source));
            string derived = Derivation.Of(NotebookDocument.Read(source), NotebookName.Of(source)).ToJson();
            if (File.Exists(target) && File.ReadAllText(target) == derived)
            {
                continue;
            }

            stale++;
            writer.WriteLine(check ? $"{target} is not what its solution gives: run `course exercises derive`" : $"derived {target}");
            if (!check)
            {
                Directory.CreateDirectory(exercises);
                File.WriteAllText(target, derived);
            }
        }

        string[] orphans = Directory.Exists(exercises) ? [.. Directory.EnumerateFiles(exercises, "*.ipynb").Where(path => !File.Exists(Path.Combine(solutions, Path.GetFileName(path)))).Order(StringComparer.Ordinal)] : [];
        foreach (string orphan in orphans)
        {
            writer.WriteLine($"{orphan} has no solution in {solutions}");
        }

        return orphans.Length > 0 || (check && stale > 0) ? 1 : 0;
    }
}
