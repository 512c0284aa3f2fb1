using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CourseLib.Course;
using CourseLib.Data;
using CourseLib.Notebooks.Book;
using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Claims;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Progress;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Commands;

/// <summary><c>course run</c>: executes notebooks, holds their claims against the ledger, writes the report and the book.</summary>
internal static class RunCommand
{
    private static readonly Argument<string[]> Names = new("NOTEBOOK") { Description = "Notebooks: paths, names or unique beginnings of names such as 05; all when none is given. A folder means every notebook below it. Notebooks that are none of the course's own, such as those that students hand in, have no page in the book; with their outputs they are written to artifacts/handed-in/STUDENT, where STUDENT is the folder of the file (below a folder that is named: the first on the way to it), and `course progress artifacts/handed-in` shows the table", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> Data = new("--data") { Description = "The folder of data files, a downloaded set (mnist, fashion-mnist), or shipped (COURSELIB_DATA)", HelpName = "DIR" };
    private static readonly Option<bool> Full = new("--full") { Description = "The long versions of the notebooks (COURSELIB_FULL)" };
    private static readonly Option<FileInfo?> Report = new("--report") { Description = "Where the report goes; artifacts/report.json when not given", HelpName = "FILE" };
    private static readonly Option<DirectoryInfo?> BookFolder = new("--book") { Description = "Where the HTML book goes; artifacts/book when not given", HelpName = "DIR" };
    private static readonly Option<double?> Timeout = new("--timeout") { Description = "Time limit of a cell in seconds; 300, or 7200 with --full, when not given", HelpName = "S", CustomParser = ParseSeconds };

    public static Command Create()
    {
        Command command = new("run", "Run notebooks and verify their claims") { Names, Data, Full, Report, BookFolder, Timeout };
        command.SetAction((line, cancel) => Failures.ReportAsync(() => RunAsync(line, cancel)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        CourseFolder course = CourseFolder.Find();
        IReadOnlyDictionary<string, RunTarget> targets = course.Targets(line.GetValue(Names) ?? []).ToDictionary(target => target.Path);
        Ledger? ledger = File.Exists(course.Ledger) ? Ledger.Load(course.Ledger) : null;
        string report = line.GetValue(Report)?.FullName ?? Path.Combine(course.Artifacts, "report.json");
        string bookFolder = line.GetValue(BookFolder)?.FullName ?? Path.Combine(course.Artifacts, "book");
        Demand(!Directory.Exists(report), $"--report: expected a file, {report} is a folder");
        Demand(!File.Exists(bookFolder), $"--book: expected a folder, {bookFolder} is a file");
        IReadOnlyList<ExecutedNotebook> notebooks = await ExecuteAsync(targets, Settings(line), RunReport.Seconds(Path.Combine(course.Artifacts, "report.json")), cancel);

        ExecutedNotebook[] own = [.. notebooks.Where(notebook => !targets[notebook.Path].IsHandedIn)], handedIn = [.. notebooks.Except(own)];
        ClaimAudit audit = ClaimAudit.Of(own, ledger);
        ExerciseAudit exercises = ExerciseAudit.Of(own, handedIn);
        Console.WriteLine();
        bool written = Written(report, () => WriteReport(report, notebooks, audit))
            & Written("the executed notebooks", () => WriteExecuted(own, course.Executed))
            & Written("the executed notebooks", () => WriteHandedIn(handedIn, course.HandedIn))
            & (own.Length == 0 && handedIn.Length > 0 || Written("the book", () => WriteBook(bookFolder, own, ledger, course)));
        RunSummary.Write(Console.Out, notebooks, audit, exercises);
        if (targets.Count > notebooks.Count)
        {
            Console.WriteLine($"not begun: {string.Join(", ", targets.Keys.Except(notebooks.Select(notebook => notebook.Path)).Select(path => targets[path].Name))}");
        }

        return cancel.IsCancellationRequested ? Failures.Cancelled : written && notebooks.All(notebook => !notebook.Failed || (notebook.GoesOn && notebook.Problem is null)) && audit.Problems.Count == 0 && exercises.Problems.Count == 0 ? 0 : 1;
    }

    // What can be known before anything runs is said before.
    private static void Demand(bool condition, string fault)
    {
        if (!condition)
        {
            throw new NotebookException(fault);
        }
    }

    // What ran for minutes is not lost because one of the files about it cannot be written.
    private static bool Written(string what, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"course: {what} could not be written: {e.Message}");
            return false;
        }
    }

    // The library's own parser follows the user's culture and would refuse "0.5" where people write "0,5".
    private static double? ParseSeconds(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return seconds;
        }

        result.AddError($"--timeout: expected seconds such as 90 or 0.5, got \"{result.Tokens[0].Value}\"");
        return null;
    }

    private static RunSettings Settings(ParseResult line)
    {
        bool full = line.GetValue(Full);
        double seconds = line.GetValue(Timeout) ?? (full ? 7200 : 300);
        if (!(seconds > 0 && seconds <= int.MaxValue / 1000))
        {
            throw new NotebookException(FormattableString.Invariant($"--timeout: expected seconds above 0, got {seconds}"));
        }

        int? threads = int.TryParse(Environment.GetEnvironmentVariable("COURSELIB_THREADS"), out int asked) && asked > 0 ? asked : (int?)null;
        return new(TimeSpan.FromSeconds(seconds), DataFolder(line), full, threads);
    }

    // Children run in the notebooks' folder: a path that is relative to this one has to be made absolute here. Names of sets stay names.
    private static string? DataFolder(ParseResult line)
    {
        (string? from, string? data) = line.GetValue(Data) is { } option ? ("--data", option) : (DataFolders.Variable, Environment.GetEnvironmentVariable(DataFolders.Variable));
        return string.IsNullOrEmpty(data) ? null
            : Directory.Exists(data) ? Path.GetFullPath(data)
            : data == "shipped" || RemoteSet.Find(data) is not null ? data
            : throw new NotebookException($"{from}: there is no folder {Path.GetFullPath(data)}");
    }

    private static Task<IReadOnlyList<ExecutedNotebook>> ExecuteAsync(IReadOnlyDictionary<string, RunTarget> targets, RunSettings settings, IReadOnlyDictionary<string, double> lastSeconds, CancellationToken cancel)
    {
        Task<IReadOnlyList<ExecutedNotebook>> Run(IRunProgress progress) => new CourseRunner(settings, progress, Environment.ProcessorCount, path => targets[path].Name, path => targets[path].IsHandedIn).RunAsync([.. targets.Keys], lastSeconds, cancel);
        return Console.IsOutputRedirected ? Run(new PlainProgress(Console.Out)) : TerminalProgress.ShowAsync(Run);
    }

    private static void WriteReport(string path, IReadOnlyList<ExecutedNotebook> notebooks, ClaimAudit audit)
    {
        RunReport.Write(path, notebooks, audit);
        Console.WriteLine($"report: {path}");
    }

    private static void WriteBook(string folder, IReadOnlyList<ExecutedNotebook> notebooks, Ledger? ledger, CourseFolder course)
    {
        BookResult book = CourseBook.Write(new(folder, notebooks, ledger ?? new Ledger(new Dictionary<string, string>(), [], []))
        {
            Course = [.. course.All.Select(path => NotebookName.Of(path))],
            WithReference = true,
            Libraries = WebLibraries.Prepare(Path.Combine(course.Artifacts, "web")),
        });
        foreach (string notice in book.Notices)
        {
            Console.WriteLine(notice);
        }

        Console.WriteLine($"book: {book.Index}");
    }

    private static void WriteExecuted(IReadOnlyList<ExecutedNotebook> notebooks, string folder)
    {
        foreach (ExecutedNotebook executed in notebooks.Where(notebook => notebook.Skipped is null))
        {
            string path = Path.Combine(folder, executed.Name + ".ipynb");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            executed.Notebook?.Write(path);
        }
    }

    private static void WriteHandedIn(IReadOnlyList<ExecutedNotebook> notebooks, string folder)
    {
        WriteExecuted(notebooks, folder);
        if (notebooks.Count > 0)
        {
            Console.WriteLine($"with outputs: {folder}; `course progress {Path.GetRelativePath(Environment.CurrentDirectory, folder)}` shows the table");
        }
    }
}
