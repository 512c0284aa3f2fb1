using System.CommandLine;
using CourseLib.Data;
using CourseLib.Notebooks.Progress;

namespace CourseLib.Notebooks.Commands;

/// <summary><c>course data</c>: brings a public data set to where notebooks find it.</summary>
internal static class DataCommand
{
    private static readonly Argument<string> Set = new Argument<string>("SET") { Description = string.Join(" or ", RemoteSet.All.Select(set => set.Name)) }
        .AcceptOnlyFromAmong([.. RemoteSet.All.Select(set => set.Name)]);

    public static Command Create()
    {
        Command command = new("data", "Download MNIST or Fashion-MNIST, resuming what an earlier attempt left") { Set };
        command.SetAction((line, cancel) => Failures.ReportAsync(async () =>
        {
            RemoteSet set = RemoteSet.Find(line.GetRequiredValue(Set))!;
            using Downloader downloader = new();
            try
            {
                string folder = await DownloadReport.ShowAsync(progress => downloader.DownloadAsync(set, progress, cancel));
                Console.WriteLine($"{set.Title} ({set.Credit}) is in {folder}; Digits.Load() finds it there.");
                return 0;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("course: stopped; the next `course data` goes on from here");
                return Failures.Cancelled;
            }
        }));
        return command;
    }
}
