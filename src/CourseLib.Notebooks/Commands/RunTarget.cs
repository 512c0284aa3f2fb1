using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Commands;

/// <summary>A notebook that a run is asked for.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">What reports and executed files call it: a notebook of the course by its name, one that was handed in by folder and name, <c>anna/11-regularization</c>.</param>
/// <param name="IsHandedIn">Whether it is none of the course's own: it has no page in the book, and the ledger expects nothing of it.</param>
internal sealed record RunTarget(string Path, string Name, bool IsHandedIn)
{
    /// <summary>
    /// A file, named on its own. Handed in is what lies anywhere but in the course's own folders, whatever it is called, and what holds checks of exercises where the course has lectures:
    /// somebody's copy beside them.
    /// </summary>
    public static RunTarget Of(CourseFolder course, string path)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        bool isExercise = folder == course.Exercises || folder == course.Solutions, isLecture = folder == course.Notebooks || folder == course.Polyglot;
        bool isHandedIn = !isExercise && (!isLecture || HasChecks(path));
        return isHandedIn ? new(path, $"{System.IO.Path.GetFileName(folder)}/{System.IO.Path.GetFileNameWithoutExtension(path)}", true) : new(path, NotebookName.Of(path), false);
    }

    /// <summary>A file found below a folder that was named: by its way from there, so that a student is the first folder on it.</summary>
    public static RunTarget Below(CourseFolder course, string folder, string path)
    {
        RunTarget target = Of(course, path);
        string way = System.IO.Path.ChangeExtension(System.IO.Path.GetRelativePath(folder, path), null).Replace(System.IO.Path.DirectorySeparatorChar, '/');
        return target.IsHandedIn && way.Contains('/', StringComparison.Ordinal) ? target with { Name = way } : target;
    }

    private static bool HasChecks(string path)
    {
        try
        {
            return ExerciseCalls.In(NotebookDocument.Read(path)).Any();
        }
        catch (NotebookException)
        {
            return false; // the run says what is wrong with it
        }
    }
}
