using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Commands;

/// <summary>Turns errors that a user can act on into one line and exit code 2; anything else is a defect and keeps its stack trace.</summary>
internal static class Failures
{
    public const int Code = 2;

    /// <summary>The exit code that shells use for Ctrl+C.</summary>
    public const int Cancelled = 130;

    public static async Task<int> ReportAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is NotebookException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"course: {e.Message}");
            return Code;
        }
    }

    /// <summary>Reads one of several notebooks: one that cannot be read is named, and null.</summary>
    public static NotebookDocument? Try(Func<NotebookDocument> read)
    {
        try
        {
            return read();
        }
        catch (NotebookException e)
        {
            Console.Error.WriteLine($"course: {e.Message}");
            return null;
        }
    }

    public static int Report(Func<int> action) => ReportAsync(() => Task.FromResult(action())).GetAwaiter().GetResult();
}
