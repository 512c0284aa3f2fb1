using System.CommandLine;

namespace CourseLib.Notebooks.Commands;

/// <summary><c>course version</c>: prints the version, or sets it in the build and in every notebook.</summary>
internal static class VersionCommand
{
    private static readonly Argument<string?> Version = new("X.Y.Z") { Description = "The new version; none prints the present one", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        Command command = new("version", "Print the version, or set it in the build and in every notebook") { Version };
        command.SetAction(line => Failures.Report(() =>
        {
            CourseFolder course = CourseFolder.Find();
            if (line.GetValue(Version) is not { } version)
            {
                Console.WriteLine(CourseVersion.Read(course));
                return 0;
            }

            foreach (string path in CourseVersion.Write(course, version))
            {
                Console.WriteLine($"{version}  {Path.GetRelativePath(course.Root, path)}");
            }

            return 0;
        }));
        return command;
    }
}
