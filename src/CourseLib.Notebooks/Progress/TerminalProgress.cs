using System.Collections.Concurrent;
using CourseLib.Notebooks.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CourseLib.Notebooks.Progress;

/// <summary>A line for each notebook with its bar, the cell that runs and the time, drawn in place on a terminal.</summary>
internal sealed class TerminalProgress : IRunProgress
{
    private readonly ProgressContext context;
    private readonly ConcurrentDictionary<string, ProgressTask> tasks = new();

    private TerminalProgress(ProgressContext context) => this.context = context;

    /// <summary>Draws while <paramref name="run"/> runs.</summary>
    public static Task<T> ShowAsync<T>(Func<IRunProgress, Task<T>> run) => AnsiConsole.Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new CellColumn(), new ElapsedTimeColumn())
        .StartAsync(context => run(new TerminalProgress(context)));

    public void Started(string notebook, int cells) => tasks[notebook] = context.AddTask(Markup.Escape(notebook), maxValue: Math.Max(1, cells));

    public void CellStarted(string notebook, int number, int cells) { }

    public void CellEnded(string notebook, CellOutcome outcome, int cells)
    {
        if (outcome.Status == CellStatus.Succeeded)
        {
            tasks[notebook].Increment(1);
        }
    }

    public void Ended(ExecutedNotebook notebook)
    {
        if (tasks.TryGetValue(notebook.Name, out ProgressTask? task))
        {
            task.Description = Markup.Escape(notebook.Name) + (notebook.Succeeded ? "" : " [red]stopped[/]");
            task.StopTask();
        }
    }

    private sealed class CellColumn : ProgressColumn
    {
        // A narrow terminal takes the room from the bar.
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(FormattableString.Invariant($"cell {Math.Min(task.Value + (task.IsFinished ? 0 : 1), task.MaxValue)}/{task.MaxValue}"));
    }
}
