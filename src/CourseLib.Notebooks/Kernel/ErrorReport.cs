using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CourseLib.Notebooks.Running;
using Microsoft.CodeAnalysis;

namespace CourseLib.Notebooks.Kernel;

/// <summary>Says what went wrong in a cell in the cell's own terms: its line, and no frame of the machinery.</summary>
internal static partial class ErrorReport
{
    /// <summary>The name under which a cell is compiled, so that stack traces and diagnostics lead back to it.</summary>
    public static string FileName(int number) => string.Create(CultureInfo.InvariantCulture, $"cell [{number}]");

    /// <summary>All errors of a compilation.</summary>
    public static CellError Of(IEnumerable<Diagnostic> diagnostics)
    {
        List<(int Line, int Position, string Id, string Text)> errors = diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => (Line: diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1, Position: diagnostic.Location.GetLineSpan().StartLinePosition.Character + 1, diagnostic.Id, Text: diagnostic.GetMessage(CultureInfo.InvariantCulture)))
            .Distinct()
            .ToList();
        IEnumerable<string> lines = errors.Select(error => string.Create(CultureInfo.InvariantCulture, $"({error.Line},{error.Position}): error {error.Id}: {error.Text}"));
        return new("CompilationError", string.Join('\n', lines), errors.Count == 0 ? null : errors.Min(error => error.Line));
    }

    /// <summary>An exception of cell <paramref name="number"/>: the line is where that cell was when it was thrown.</summary>
    public static CellError Of(Exception exception, int number)
    {
        exception = Unwrap(exception);
        string message = Message(exception);
        for (Exception? cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            message += $"\ncaused by {cause.GetType().Name}: {Message(cause)}";
        }

        List<string> frames = new();
        foreach (StackFrame frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (CellFile().IsMatch(frame.GetFileName() ?? "") && frame.GetFileLineNumber() is > 0 and var at)
            {
                frames.Add(string.Create(CultureInfo.InvariantCulture, $"{frame.GetFileName()}, line {at}"));
            }
        }

        string own = FileName(number) + ", line ";
        int? line = frames.Find(frame => frame.StartsWith(own, StringComparison.Ordinal)) is { } place
            ? int.Parse(place.AsSpan(own.Length), CultureInfo.InvariantCulture)
            : (int?)null;
        if (frames.Count > 1)
        {
            message += string.Concat(frames.Distinct().Select(frame => "\nat " + frame));
        }

        return new(exception.GetType().FullName ?? exception.GetType().Name, message, line);
    }

    // The exception may be the cell's own, and so may its mistakes be.
    private static string Message(Exception exception)
    {
        try
        {
            return exception.Message ?? "";
        }
        catch (Exception e)
        {
            return $"(no message: asking for it threw {e.GetType().Name})";
        }
    }

    private static Exception Unwrap(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        System.Reflection.TargetInvocationException { InnerException: { } thrown } => Unwrap(thrown),
        _ => exception,
    };

    [GeneratedRegex(@"^cell \[\d+\]$", RegexOptions.CultureInvariant)]
    private static partial Regex CellFile();
}
