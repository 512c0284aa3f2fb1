using System.CommandLine;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Commands;

/// <summary><c>course clean</c>: notebooks are kept in git without outputs, so that a difference is a difference of text or code.</summary>
internal static class CleanCommand
{
    private static readonly Argument<string[]> Names = new("NOTEBOOK") { Description = "Notebooks; all, exercises included, when none is given", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Check = new("--check") { Description = "Change nothing; name the notebooks that have outputs and exit with 1 if there are any" };

    public static Command Create()
    {
        Command command = new("clean", "Remove outputs and execution counts") { Names, Check };
        command.SetAction(line => Failures.Report(() =>
        {
            CourseFolder course = CourseFolder.Find();
            string[] names = line.GetValue(Names) ?? [];
            return Clean(names.Length == 0 ? course.All : course.Resolve(names), line.GetValue(Check), Console.Out);
        }));
        return command;
    }

    /// <summary>Cleans files, or with <paramref name="check"/> only names those that need it. One that cannot be read is named and the others are done.</summary>
    /// <returns>The exit code.</returns>
    internal static int Clean(IReadOnlyList<string> paths, bool check, TextWriter writer)
    {
        (int dirty, int broken) = (0, 0);
        foreach (string path in paths)
        {
            if (Failures.Try(() => NotebookDocument.Read(path)) is not { } notebook)
            {
                broken++;
                continue;
            }

            if (notebook.Cells.Count(cell => cell.Clear()) is 0)
            {
                continue;
            }

            dirty++;
            writer.WriteLine(check ? $"{path} has outputs: run `course clean`" : $"cleaned {path}");
            if (!check)
            {
                notebook.Write(path);
            }
        }

        return broken > 0 ? Failures.Code : check && dirty > 0 ? 1 : 0;
    }
}
