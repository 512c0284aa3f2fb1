using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Running;

/// <summary>
/// Runs notebooks, several at once. Cores go to notebooks first and to threads within a notebook after that: compiling cells and
/// whatever else a notebook does by itself uses one core only, so two notebooks of one thread end before the same two one after the other with
/// two threads each. When fewer notebooks are left than cores, those that still run get the idle cores from their next cell on.
/// </summary>
/// <param name="settings">How.</param>
/// <param name="progress">Is told.</param>
/// <param name="cores">How many there are.</param>
/// <param name="nameOf">What a file is called; by its own name when not given.</param>
/// <param name="goesOn">Whether a file's cells run after one that did not compile or threw, too; none's when not given.</param>
internal sealed class CourseRunner(RunSettings settings, IRunProgress progress, int cores, Func<string, string>? nameOf = null, Func<string, bool>? goesOn = null)
{
    private readonly Func<string, string> nameOf = nameOf ?? NotebookName.Of;
    private int running;
    private int waiting;

    /// <summary>Runs <paramref name="paths"/> and returns their results by name. After a cancellation only those that were begun are there.</summary>
    /// <param name="paths">The notebook files.</param>
    /// <param name="lastSeconds">How long notebooks took the last time, by name: the longest are begun first, so that none runs on alone at the end.</param>
    /// <param name="cancel">Ends the run.</param>
    public async Task<IReadOnlyList<ExecutedNotebook>> RunAsync(IReadOnlyList<string> paths, IReadOnlyDictionary<string, double> lastSeconds, CancellationToken cancel = default)
    {
        waiting = paths.Count;
        Queue<string> queue = new(paths.OrderByDescending(path => Expected(path, lastSeconds)));
        List<ExecutedNotebook> executed = new();
        NotebookRunner runner = new(settings, Threads, progress, nameOf, goesOn);
        async Task Work()
        {
            while (!cancel.IsCancellationRequested && Take() is { } path)
            {
                ExecutedNotebook notebook = await runner.RunAsync(path, cancel);
                lock (executed)
                {
                    executed.Add(notebook);
                }

                Interlocked.Decrement(ref running);
            }
        }

        string? Take()
        {
            lock (queue)
            {
                if (!queue.TryDequeue(out string? path))
                {
                    return null;
                }

                Interlocked.Increment(ref running);
                Interlocked.Decrement(ref waiting);
                return path;
            }
        }

        int atOnce = Math.Clamp(cores / (settings.Threads ?? 1), 1, Math.Max(1, paths.Count));
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(Work, CancellationToken.None)));
        return [.. executed.OrderBy(notebook => notebook.Name, StringComparer.Ordinal).ThenBy(notebook => notebook.Path, StringComparer.Ordinal)];
    }

    /// <summary>The threads for the next cell of a notebook.</summary>
    private int Threads() => settings.Threads ?? Math.Max(1, cores / Math.Max(1, Volatile.Read(ref running) + Volatile.Read(ref waiting)));

    private (double Seconds, long Size) Expected(string path, IReadOnlyDictionary<string, double> lastSeconds)
    {
        // A notebook that was never timed goes first; among those, the one with the most code.
        double seconds = lastSeconds.TryGetValue(nameOf(path), out double last) ? last : double.PositiveInfinity;
        try
        {
            return (seconds, NotebookDocument.Read(path).CodeCells.Sum(cell => (long)cell.Source.Length));
        }
        catch (NotebookException)
        {
            return (seconds, 0);
        }
    }
}
