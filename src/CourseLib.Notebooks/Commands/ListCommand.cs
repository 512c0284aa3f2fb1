using System.CommandLine;
using CourseLib.Course;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Commands;

/// <summary><c>course list</c>: the notebooks that are there.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        Command command = new("list", "List the notebooks with their titles, code cells and claims");
        command.SetAction(_ => Failures.Report(() =>
        {
            CourseFolder course = CourseFolder.Find();
            Ledger? ledger = File.Exists(course.Ledger) ? Ledger.Load(course.Ledger) : null;
            int code = 0;
            foreach (string path in course.Lectures)
            {
                string name = NotebookName.Of(path);
                if (Failures.Try(() => NotebookDocument.Read(path)) is not { } notebook)
                {
                    code = Failures.Code;
                    continue;
                }

                Console.WriteLine(FormattableString.Invariant($"{name,-28}  {notebook.CodeCells.Count(),3} cells  {ledger?.Of(name).Count() ?? 0,3} claims  {notebook.Title}"));
            }

            return code;
        }));
        return command;
    }
}
