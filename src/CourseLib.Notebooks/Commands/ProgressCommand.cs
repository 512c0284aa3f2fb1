using System.CommandLine;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Commands;

/// <summary><c>course progress</c>: which exercises are solved in executed notebooks, of one learner or of many.</summary>
internal static class ProgressCommand
{
    private static readonly Argument<string?> Folder = new("FOLDER") { Description = "A folder of executed notebooks, or one with a folder for each student; the last run's when not given. Nothing is run: `course run FOLDER` does that, and leaves the results in artifacts/handed-in", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<FileInfo?> Page = new("--html") { Description = "Writes the table as a page", HelpName = "FILE" };
    private static readonly Option<FileInfo?> Csv = new("--csv") { Description = "Writes the table for a spreadsheet", HelpName = "FILE" };

    public static Command Create()
    {
        Command command = new("progress", "Show which exercises are solved") { Folder, Page, Csv };
        command.SetAction(line => Failures.Report(() => Show(line.GetValue(Folder), line.GetValue(Page)?.FullName, line.GetValue(Csv)?.FullName, Console.Out)));
        return command;
    }

    /// <summary>Prints the table and writes what was asked for.</summary>
    /// <param name="folder">The folder; the last run's when null, without the course's own solutions, which say nothing of the learner.</param>
    /// <param name="page">Where the page goes, if anywhere.</param>
    /// <param name="csv">Where the spreadsheet goes, if anywhere.</param>
    /// <param name="writer">Where the table goes.</param>
    /// <returns>The exit code: 1 when a file could not be read as a notebook.</returns>
    internal static int Show(string? folder, string? page, string? csv, TextWriter writer)
    {
        ProgressTable table = ProgressTable.Read(folder ?? CourseFolder.Find().Executed, name => folder is not null || NotebookName.Companion(name) is not { Kind: "solutions" });
        writer.Write(table.ToText());
        foreach (string problem in table.Unread)
        {
            writer.WriteLine($"not read: {problem}");
        }

        Write(page, ProgressPage.Of, table, writer);
        Write(csv, all => all.ToCsv(), table, writer);
        return table.Unread.Count > 0 ? 1 : 0;
    }

    private static void Write(string? path, Func<ProgressTable, string> text, ProgressTable table, TextWriter writer)
    {
        if (path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text(table));
            writer.WriteLine(path);
        }
    }
}
