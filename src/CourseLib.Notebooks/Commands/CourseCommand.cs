using System.CommandLine;

namespace CourseLib.Notebooks.Commands;

/// <summary>The whole command line.</summary>
internal static class CourseCommand
{
    public static RootCommand Create() => new("The deep-learning course: run its notebooks, verify their claims, make the book")
    {
        RunCommand.Create(),
        ListCommand.Create(),
        CleanCommand.Create(),
        DataCommand.Create(),
        VersionCommand.Create(),
        ExercisesCommand.Create(),
        ProgressCommand.Create(),
        NewCommand.Create(),
        DoctorCommand.Create(),
    };
}
