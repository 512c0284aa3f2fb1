using System.CommandLine;
using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Doctor;

namespace CourseLib.Notebooks.Commands;

/// <summary><c>course doctor</c>: looks at the machine and says how to mend what is missing. Exit code 1 when the course will not run.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        Command command = new("doctor", "Look at this machine: what the course needs, and how to mend what is missing");
        command.SetAction(_ => Failures.Report(() =>
        {
            CourseFolder course = CourseFolder.Find();
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            Finding[] findings = [.. Machine.Look(course.Root, Path.Combine(course.Artifacts, "packages"), CourseVersion.Read(course), (program, arguments) => Run(program, arguments.Split(' ')), home)];
            foreach (Finding finding in findings)
            {
                Console.WriteLine(finding);
            }

            int bad = findings.Count(finding => finding.Severity == Severity.Bad);
            Console.WriteLine(bad == 0 ? $"The course runs here: {Machine.Course} run" : FormattableString.Invariant($"{bad} to mend before the course runs here"));
            return bad == 0 ? 0 : 1;
        }));
        return command;
    }

    // npm and jupyter are scripts on Windows, which only its shell starts.
    private static string? Run(string program, params string[] arguments)
    {
        ExternalProgram.Result result = OperatingSystem.IsWindows()
            ? ExternalProgram.Run("cmd.exe", ["/c", program, .. arguments], Environment.CurrentDirectory, null, Patience)
            : ExternalProgram.Run(program, arguments, Environment.CurrentDirectory, null, Patience);
        return result.Succeeded ? result.Output : null;
    }
}
