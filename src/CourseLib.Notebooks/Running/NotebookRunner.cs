using System.Diagnostics;
using CourseLib.Notebooks.Claims;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Kernel;

namespace CourseLib.Notebooks.Running;

/// <summary>Runs one notebook from its first cell to its last, or to the first that fails, as "run all" does in a host.</summary>
/// <param name="settings">How.</param>
/// <param name="threads">The threads for the next cell.</param>
/// <param name="progress">Is told.</param>
/// <param name="nameOf">What a file is called; by its own name when not given.</param>
/// <param name="goesOn">Whether a file's cells run after one that did not compile or threw, too: a fault in one exercise is not to hide the others.</param>
internal sealed class NotebookRunner(RunSettings settings, Func<int> threads, IRunProgress progress, Func<string, string>? nameOf = null, Func<string, bool>? goesOn = null)
{
    /// <summary>Runs the file; whatever goes wrong with it is in the result. The file itself is not changed.</summary>
    public async Task<ExecutedNotebook> RunAsync(string path, CancellationToken cancel = default)
    {
        path = Path.GetFullPath(path);
        string name = (nameOf ?? NotebookName.Of)(path);
        bool isToGoOn = goesOn?.Invoke(path) == true;
        Stopwatch time = Stopwatch.StartNew();
        NotebookDocument? notebook = null;
        List<CellOutcome> outcomes = new();
        List<ClaimRecord> claims = new();
        string? problem = null;
        string? skipped = null;
        try
        {
            notebook = NotebookDocument.Read(path).Clone();
            skipped = WhySkipped(notebook);
            await (skipped is not null ? Task.CompletedTask : RunCellsAsync(notebook, name, Path.GetDirectoryName(path)!, isToGoOn, outcomes, claims, cancel));
        }
        catch (Exception e) when (e is NotebookException or InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            problem = e.Message;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            problem = "the run was cancelled before the first cell";
        }
        catch (Exception e)
        {
            // A defect of this command: told with its trace, and the other notebooks still run.
            problem = $"the course command failed: {e}";
        }

        foreach ((int index, int number) in Numbered(notebook).Skip(outcomes.Count).Select(cell => (cell.Cell.Index, cell.Number)).ToList())
        {
            outcomes.Add(new(index, number, CellStatus.NotRun, 0, null));
        }

        ExecutedNotebook executed = new(name, path, notebook, outcomes, claims, time.Elapsed.TotalSeconds, problem) { Skipped = skipped, GoesOn = isToGoOn };
        progress.Ended(executed);
        return executed;
    }

    // This command restores no packages: it brings the library along. A notebook that says it needs others is for a host that restores them.
    private static string? WhySkipped(NotebookDocument notebook)
    {
        string[] packages = [.. notebook.CodeCells.SelectMany(cell => Directives.OtherPackages(cell.Source, Session.Parsing)).Distinct()];
        return packages.Length == 0 ? null : $"it needs {string.Join(", ", packages)}, which a notebook host restores and this command does not; its first cells say how to open it";
    }

    private async Task RunCellsAsync(NotebookDocument notebook, string name, string folder, bool isToGoOn, List<CellOutcome> outcomes, List<ClaimRecord> claims, CancellationToken cancel)
    {
        List<(NotebookCell Cell, int Number)> cells = Numbered(notebook).ToList();
        foreach ((NotebookCell? cell, int _) in cells)
        {
            cell.Clear();
        }

        progress.Started(name, cells.Count);
        await using KernelProcess kernel = await KernelProcess.StartAsync(new(folder, threads(), settings.DataDirectory, settings.Full), cancel);
        foreach ((NotebookCell? cell, int number) in cells)
        {
            progress.CellStarted(name, number, cells.Count);
            Stopwatch time = Stopwatch.StartNew();
            CellOutputs outputs = new(number);
            (CellStatus status, CellError? error) = cell.KernelName is null or "csharp"
                ? await kernel.RunAsync(new(cell.Source, number, threads()), settings.Limit, outputs, cancel)
                : (CellStatus.Failed, new CellError("WrongKernel", $"the cell is written for the kernel \"{cell.KernelName}\"; expected \"csharp\"", null));
            outputs.EndStream();
            if (error is not null)
            {
                outputs.Error(error);
            }

            cell.Outputs = outputs.Outputs;
            cell.ExecutionCount = number;
            claims.AddRange(ClaimReader.Read(cell.Outputs, name, cell.Index));
            outcomes.Add(new(cell.Index, number, status, time.Elapsed.TotalSeconds, error));
            progress.CellEnded(name, outcomes[^1], cells.Count);
            if (status != CellStatus.Succeeded && !(isToGoOn && status == CellStatus.Failed && !kernel.HasEnded))
            {
                break;
            }
        }
    }

    private static IEnumerable<(NotebookCell Cell, int Number)> Numbered(NotebookDocument? notebook) =>
        (notebook?.CodeCells ?? []).Select((cell, i) => (cell, i + 1));
}
