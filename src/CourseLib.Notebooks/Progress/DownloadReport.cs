using System.Collections.Concurrent;
using CourseLib.Data;
using Spectre.Console;

namespace CourseLib.Notebooks.Progress;

/// <summary>Shows a download: bars on a terminal, a line for each state of each file elsewhere.</summary>
internal static class DownloadReport
{
    /// <summary>Shows what <paramref name="download"/> reports while it runs.</summary>
    public static Task<string> ShowAsync(Func<IProgress<DownloadProgress>, Task<string>> download) => Console.IsOutputRedirected
        ? download(new Lines(Console.Out))
        : AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(context => download(new Bars(context)));

    /// <summary>Reports in the order in which they are made; <see cref="Progress{T}"/> would hand them to the thread pool.</summary>
    internal sealed class Lines(TextWriter writer) : IProgress<DownloadProgress>
    {
        private (string Name, DownloadState State)? last;

        public void Report(DownloadProgress value)
        {
            if (last == (value.File.Name, value.State))
            {
                return;
            }

            last = (value.File.Name, value.State);
            string text = value.State switch
            {
                DownloadState.Downloading => FormattableString.Invariant($"downloading {value.File.Bytes / 1e6:0.0} MB from {value.Mirror?.Host}"),
                DownloadState.Checking => "checking",
                _ => value.Mirror is null ? "was there already" : "done",
            };
            writer.WriteLine($"{value.File.Name}  {text}");
        }
    }

    private sealed class Bars(ProgressContext context) : IProgress<DownloadProgress>
    {
        private readonly ConcurrentDictionary<string, ProgressTask> tasks = new();

        public void Report(DownloadProgress value)
        {
            ProgressTask task = tasks.GetOrAdd(value.File.Name, name => context.AddTask(Markup.Escape(name), maxValue: value.File.Bytes));
            task.Value = value.Bytes;
        }
    }
}
