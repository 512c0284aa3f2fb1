using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
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
            Finding[] findings = [.. Machine.Look(course.Root, Path.Combine(course.Artifacts, "packages"), CourseVersion.Read(course), Run, home)];
            foreach (Finding finding in findings)
            {
                Console.WriteLine(finding);
            }

            int bad = findings.Count(finding => finding.Severity == Severity.Bad);
            Console.WriteLine(bad == 0 ? "The course runs here: course run" : FormattableString.Invariant($"{bad} to mend before the course runs here"));
            return bad == 0 ? 0 : 1;
        }));
        return command;
    }

    private static string? Run(string program, string arguments)
    {
        // npm and jupyter are scripts on Windows, which only its shell starts.
        ProcessStartInfo start = OperatingSystem.IsWindows() ? new("cmd.exe", $"/c {program} {arguments}") : new(program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            Task.WaitAll(output, errors);
            return process.ExitCode == 0 ? output.Result : null;
        }
        catch (Win32Exception)
        {
            return null; // There is no such program.
        }
    }
}
